package dev.roster.web;

/**
 * The form of a new password as it is shown; errors are empty where there are none.
 *
 * @param expired whether there is no way around it
 */
public record PasswordForm(String continueTo, boolean expired, String currentError, String newError) {}
