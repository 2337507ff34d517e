package dev.roster.web;

/**
 * The form of a new password as it is shown; errors are empty where there are none.
 *
 * @param continueTo where it leads
 * @param revokeKeys whether API keys and secrets are to end too
 */
public record PasswordForm(String continueTo, boolean revokeKeys, String currentError, String newError) {}
