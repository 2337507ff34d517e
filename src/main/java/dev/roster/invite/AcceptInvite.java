package dev.roster.invite;

import dev.roster.access.token.LinkToken;

/**
 * What an invited person chooses, and where from.
 *
 * @param token the token of the invite
 * @param name the display name of the account
 * @param userAgent null where the request named none
 * @param ipAddress null where it is not known
 */
public record AcceptInvite(LinkToken token, String name, String password, String userAgent, String ipAddress) {

    @Override
    public String toString() {
        return "AcceptInvite[]"; // neither token nor password must end in a log
    }
}
