package dev.roster.api.kubiya;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.roster.invite.SentInvite;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * An invited user: the user as everywhere in this contract, and the invite.
 *
 * @param inviteLink what the invited person opens; null where it comes by mail
 */
@RegisterForReflection
public record KubiyaInviteBody(
        @JsonUnwrapped KubiyaUserBody user, UUID inviteId, String inviteLink, Instant expiresAt) {

    static KubiyaInviteBody of(SentInvite sent) {
        return new KubiyaInviteBody(
                KubiyaUserBody.of(sent.account()),
                sent.invite().id(),
                sent.link(),
                sent.invite().expiresAt());
    }

    @Override
    public String toString() {
        return "KubiyaInviteBody[" + inviteId + "]"; // a token must not end in a log
    }
}
