package dev.roster.api.v1;

import dev.roster.invite.AcceptedInvite;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An accepted invite: the user, signed in (RFC 6749 section 5.1).
 *
 * @param expiresIn seconds
 * @param scope names separated by spaces
 */
@RegisterForReflection
public record AcceptedInviteBody(UserBody user, String accessToken, String tokenType, long expiresIn, String scope) {

    static AcceptedInviteBody of(AcceptedInvite accepted) {
        return new AcceptedInviteBody(
                UserBody.of(accepted.organization(), accepted.account()),
                accepted.token().accessToken(),
                accepted.token().tokenType(),
                accepted.token().expiresIn(),
                accepted.token().scope());
    }

    @Override
    public String toString() {
        return "AcceptedInviteBody[" + user + "]"; // a token must not end in a log
    }
}
