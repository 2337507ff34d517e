package dev.roster.api.kubiya;

import dev.roster.caller.Role;
import dev.roster.invite.SentInvite;
import dev.roster.user.UserStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An invited user: the user as everywhere in this contract, and the invite.
 *
 * @param lastLogin null: nobody has signed in yet
 * @param inviteLink what the invited person opens; null where it comes by mail
 */
@RegisterForReflection
public record KubiyaInviteBody(
        UUID uuid,
        String email,
        String name,
        Role role,
        List<String> groups,
        Instant createdAt,
        Instant lastLogin,
        UserStatus status,
        Map<String, Object> metadata,
        UUID inviteId,
        String inviteLink,
        Instant expiresAt) {

    static KubiyaInviteBody of(SentInvite sent) {
        KubiyaUserBody user = KubiyaUserBody.of(sent.account());
        return new KubiyaInviteBody(
                user.uuid(),
                user.email(),
                user.name(),
                user.role(),
                user.groups(),
                user.createdAt(),
                user.lastLogin(),
                user.status(),
                user.metadata(),
                sent.invite().id(),
                sent.link(),
                sent.invite().expiresAt());
    }

    @Override
    public String toString() {
        return "KubiyaInviteBody[" + inviteId + "]"; // a token must not end in a log
    }
}
