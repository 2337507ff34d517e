package dev.roster.access.federation;

import dev.roster.access.token.LinkToken;
import java.util.UUID;

/**
 * Somebody who wants to sign in through an issuer.
 *
 * @param browser what only this browser knows
 * @param path where it leads on
 * @param maxAge how many seconds ago the person may have proved there who it is; null for any number
 * @param chooses whether the person is to choose an account there
 * @param invite that is to be accepted with it; null where there is none
 * @param userId of who is signed in, and wants to sign in there from then on; null where that is not wanted
 * @param ipAddress null where it is not known
 */
public record BeginSignIn(
        String browser, String path, Long maxAge, boolean chooses, LinkToken invite, UUID userId, String ipAddress) {

    /** Whether it is for an organization, as far as it says. */
    boolean isFor(UUID organizationId) {
        return invite == null || invite.organizationId().equals(organizationId);
    }

    @Override
    public String toString() {
        return "BeginSignIn[]"; // what the browser knows must not end in a log
    }
}
