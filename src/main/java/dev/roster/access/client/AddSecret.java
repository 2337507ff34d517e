package dev.roster.access.client;

import java.time.Instant;

/**
 * One more secret of a service account.
 *
 * @param name what it is for
 * @param expiresAt null means never
 */
public record AddSecret(String name, Instant expiresAt) {}
