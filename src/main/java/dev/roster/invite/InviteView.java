package dev.roster.invite;

import dev.roster.caller.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An invite as it is read.
 *
 * @param name null where none was given
 * @param groups names in their order; those deleted since are left out
 * @param userId the account; null once it is gone
 * @param invitedBy the username of the inviting account; null where the system invited or that
 *     account is gone
 * @param acceptedAt null where it was not accepted
 * @param mail null where no mail server is set
 */
public record InviteView(
        UUID id,
        String email,
        String name,
        Role role,
        List<String> groups,
        InviteStatus status,
        UUID userId,
        String invitedBy,
        Instant expiresAt,
        Instant acceptedAt,
        Instant createdAt,
        Instant updatedAt,
        MailStatus mail) {}
