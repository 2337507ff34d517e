package dev.roster.web;

/**
 * The form that accepts an invite as it is shown; errors are empty where there are none.
 *
 * @param role in words
 */
public record InviteForm(String code, String role, String name, String nameError, String passwordError) {}
