package dev.roster.invite;

import dev.roster.user.UserView;

/**
 * An invite that was just made or sent again.
 *
 * @param link what the invited person opens, as it holds the token; null where it comes by mail
 * @param account the pending account
 */
public record SentInvite(InviteView invite, String link, UserView account) {

    @Override
    public String toString() {
        return "SentInvite[" + invite.id() + "]"; // a token must not end in a log
    }
}
