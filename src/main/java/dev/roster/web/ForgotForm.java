package dev.roster.web;

/**
 * The form that asks for a new password as it is shown.
 *
 * @param error beside the name; empty where there is none
 */
public record ForgotForm(String organization, String name, String error) {}
