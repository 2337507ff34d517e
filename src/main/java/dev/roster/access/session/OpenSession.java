package dev.roster.access.session;

import java.util.UUID;

/**
 * A session that tokens can be issued in.
 *
 * @param generation of the account's tokens
 */
public record OpenSession(UUID id, int generation) {}
