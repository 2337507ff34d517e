package dev.roster.web;

/**
 * What a person can change of the own account by a page.
 *
 * @param provider whether there is another provider to go over to
 */
public record MayChange(boolean names, boolean email, boolean password, boolean provider) {}
