package dev.roster.access.apikey;

/**
 * Whose keys are listed.
 *
 * @param owner the username of a person or service account; null means the caller
 * @param all those of every account instead
 */
public record KeyFilter(String owner, boolean all) {}
