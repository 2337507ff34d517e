package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.roster.access.token.AccessToken;
import dev.roster.invite.AcceptedInvite;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An accepted invite: the user, signed in (RFC 6749 section 5.1). */
@RegisterForReflection
public record AcceptedInviteBody(
        UserBody user, @JsonUnwrapped AccessToken token) {

    static AcceptedInviteBody of(AcceptedInvite accepted) {
        return new AcceptedInviteBody(UserBody.of(accepted.organization(), accepted.account()), accepted.token());
    }

    @Override
    public String toString() {
        return "AcceptedInviteBody[" + user + "]"; // a token must not end in a log
    }
}
