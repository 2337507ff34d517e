package dev.roster.api.kubiya;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.invite.SentInvite;
import dev.roster.security.Role;
import dev.roster.user.GroupSummary;
import dev.roster.user.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An invited user: the user of the Kubiya contract with the invite.
 *
 * @param lastLogin null: nobody has signed in yet
 * @param inviteLink what the invited person opens; it holds the token
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record KubiyaInviteBody(
        String email,
        String name,
        Role role,
        List<String> groups,
        Instant createdAt,
        Instant lastLogin,
        UserStatus status,
        Map<String, Object> metadata,
        UUID uuid,
        UUID inviteId,
        String inviteLink,
        Instant expiresAt) {

    static KubiyaInviteBody of(SentInvite sent) {
        return new KubiyaInviteBody(
                sent.account().email(),
                sent.account().displayName(),
                sent.account().role(),
                sent.account().groups().stream().map(GroupSummary::name).toList(),
                sent.account().createdAt(),
                sent.account().lastLoginAt(),
                sent.account().status(),
                sent.account().metadata(),
                sent.account().id(),
                sent.invite().id(),
                sent.link(),
                sent.invite().expiresAt());
    }
}
