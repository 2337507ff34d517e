package dev.roster.access.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A session as it is read.
 *
 * @param clientId the public identifier of its client
 * @param clientName what the client is for
 * @param ipAddress of the last sign-in; null where it is not known
 * @param userAgent {@link #UNNAMED} where the client named none
 * @param endedAt null while it goes on
 */
public record SessionView(
        UUID id,
        String clientId,
        String clientName,
        String ipAddress,
        String userAgent,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        Instant endedAt) {
    /** What is kept in place of a user agent. */
    public static final String UNNAMED = "unknown";
}
