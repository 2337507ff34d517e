package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.caller.Role;
import dev.roster.invite.InviteStatus;
import dev.roster.invite.InviteView;
import dev.roster.invite.MailStatus;
import dev.roster.invite.SentInvite;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An invite.
 *
 * @param groups names
 * @param userId the account; absent once it is gone
 * @param invitedBy the name of the inviting user; absent where the system invited
 * @param mailStatus how the newest mail fares: {@code undeliverable} is not tried again; absent
 *     where no mail server is set
 * @param inviteLink only in the answers that made it, and where no mail server is configured
 */
public record InviteBody(
        UUID id,
        String email,
        @JsonInclude(JsonInclude.Include.NON_NULL) String name,
        Role role,
        List<String> groups,
        InviteStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) UUID userId,
        @JsonInclude(JsonInclude.Include.NON_NULL) String invitedBy,
        Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant acceptedAt,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) MailStatus mailStatus,
        @JsonInclude(JsonInclude.Include.NON_NULL) String inviteLink) {

    static InviteBody of(InviteView invite) {
        return of(invite, null);
    }

    static InviteBody of(SentInvite sent) {
        return of(sent.invite(), sent.link());
    }

    private static InviteBody of(InviteView invite, String link) {
        return new InviteBody(
                invite.id(),
                invite.email(),
                invite.name(),
                invite.role(),
                invite.groups(),
                invite.status(),
                invite.userId(),
                invite.invitedBy(),
                invite.expiresAt(),
                invite.acceptedAt(),
                invite.createdAt(),
                invite.updatedAt(),
                invite.mail(),
                link);
    }

    @Override
    public String toString() {
        return "InviteBody[" + id + "]"; // a token must not end in a log
    }
}
