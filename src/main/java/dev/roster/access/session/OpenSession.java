package dev.roster.access.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A session that tokens can be issued in.
 *
 * @param generation of the account's tokens
 * @param againUntil before when another token of it changes nothing that is written down; the epoch where each does
 */
public record OpenSession(UUID id, int generation, Instant againUntil) {
    /** One of which each token is written down. */
    public OpenSession(UUID id, int generation) {
        this(id, generation, Instant.EPOCH);
    }
}
