package dev.roster.access.token;

/**
 * What the database said about an API key.
 *
 * @param present the key with its present rights; null once it is ended, which is for good
 * @param news what had been heard of the account before
 * @param foundAt milliseconds since 1970
 */
record KeyStanding(CallerPrincipal present, long news, long foundAt) {}
