package dev.roster.invite;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.time.Instant;
import java.util.UUID;

/**
 * Whether an invite can still be accepted.
 *
 * @param tokenId the only token that accepts it
 */
record InviteState(InviteStatus status, UUID tokenId, Instant expiresAt) {

    /**
     * What a reader is told: an invite expires by its time, whether or not somebody has written it
     * down.
     */
    static InviteStatus shown(InviteStatus status, Instant expiresAt, Instant now) {
        return status == InviteStatus.PENDING && !now.isBefore(expiresAt) ? InviteStatus.EXPIRED : status;
    }

    /**
     * Refuses an invite that is over: {@code invite_used}, {@code invite_revoked}, {@code
     * invite_expired}.
     */
    void requireOpen() {
        switch (status) {
            case ACCEPTED -> throw RosterException.of(ErrorCode.INVITE_USED);
            case REVOKED -> throw RosterException.of(ErrorCode.INVITE_REVOKED);
            case EXPIRED -> throw RosterException.of(ErrorCode.INVITE_EXPIRED);
            case PENDING -> {}
        }
    }

    /** Refuses a token that does not accept this invite, also with {@code invite_resent}. */
    void requireAcceptable(UUID token, Instant now) {
        requireOpen();
        if (!tokenId.equals(token)) {
            throw RosterException.of(ErrorCode.INVITE_RESENT);
        }
        if (!now.isBefore(expiresAt)) {
            throw RosterException.of(ErrorCode.INVITE_EXPIRED);
        }
    }
}
