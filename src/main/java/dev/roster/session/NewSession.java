package dev.roster.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A sign-in.
 *
 * @param clientId the row of the client
 * @param userAgent what tells devices apart; null or empty where the request named none
 * @param ipAddress null where it is not known
 * @param expiresAt when the token ends that the session is opened for
 */
public record NewSession(
        UUID organizationId,
        UUID userId,
        UUID clientId,
        String userAgent,
        String ipAddress,
        Instant expiresAt) {}
