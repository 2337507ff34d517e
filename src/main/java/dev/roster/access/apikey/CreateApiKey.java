package dev.roster.access.apikey;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A new API key.
 *
 * @param owner the username of a person or service account; null means the caller
 * @param scopes null asks for all that the owner's role and the caller's token allow
 * @param expiresAt null takes the default life
 * @param wish an identifier (UUIDv7), so that the same wish of the same account makes one key however often it comes; null is
 *     another each time
 */
public record CreateApiKey(String name, String owner, List<String> scopes, Instant expiresAt, UUID wish) {}
