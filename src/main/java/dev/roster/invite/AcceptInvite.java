package dev.roster.invite;

import dev.roster.access.token.LinkToken;
import dev.roster.platform.http.Origin;

/**
 * What an invited person chooses, and where from.
 *
 * @param token the token of the invite
 * @param name the display name of the account
 */
public record AcceptInvite(LinkToken token, String name, String password, Origin origin) {

    @Override
    public String toString() {
        return "AcceptInvite[]"; // neither token nor password must end in a log
    }
}
