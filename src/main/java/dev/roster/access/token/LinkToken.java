package dev.roster.access.token;

import java.time.Instant;
import java.util.UUID;

/**
 * What a genuine token of a link in a mail says.
 *
 * @param subjectId of what the link is about, by its purpose
 * @param id the token's own, which the row it is about names as the only one that counts
 */
public record LinkToken(UUID organizationId, UUID subjectId, UUID id, Instant expiresAt) {}
