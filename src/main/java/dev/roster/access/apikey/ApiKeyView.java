package dev.roster.access.apikey;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An API key as it is read.
 *
 * @param ownerId the account that it acts for
 * @param owner that account's username
 * @param createdBy the username of who made it; null once that account is gone
 * @param prefix the first characters of the key
 * @param scopes what it may be used for as far as the owner's role allows
 * @param lastUsedAt to the minute; null where it never was
 */
public record ApiKeyView(
        UUID id,
        UUID ownerId,
        String owner,
        String createdBy,
        String name,
        String prefix,
        List<String> scopes,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt) {}
