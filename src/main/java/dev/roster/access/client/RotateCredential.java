package dev.roster.access.client;

import java.time.Duration;
import java.time.Instant;

/**
 * The replacement of a service account's credentials by a new one.
 *
 * @param name what the new one is for; null takes the account's name
 * @param expiresAt when the new one ends; null means never
 * @param overlap how long the earlier ones go on; zero ends them now
 */
public record RotateCredential(String name, Instant expiresAt, Duration overlap) {}
