package dev.roster.web;

/**
 * What every page shows or sends back.
 *
 * @param language as in {@code lang}
 * @param formToken what each form has to bring back
 */
public record Page(String language, String formToken) {}
