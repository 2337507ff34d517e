package dev.roster.invite;

import java.time.Instant;
import java.util.UUID;

/**
 * What a genuine token of an invite says.
 *
 * @param id the token's own, which the invite names as the only one that accepts it
 */
public record InviteToken(UUID organizationId, UUID inviteId, UUID id, Instant expiresAt) {}
