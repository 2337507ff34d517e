package dev.roster.web;

/**
 * The form of another e-mail address as it is shown; errors are empty where there are none.
 *
 * @param present the one there is; empty where there is none
 * @param wanted what was typed
 */
public record AddressForm(String present, String wanted, String addressError, String passwordError) {}
