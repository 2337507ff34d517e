package dev.roster.web;

/**
 * The form of one's names as it is shown; errors are empty where there are none.
 *
 * @param fullName empty where there is none
 */
public record ProfileForm(String displayName, String fullName, String displayNameError, String fullNameError) {}
