package dev.roster.invite;

import dev.roster.platform.error.ErrorCode;
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
            case ACCEPTED -> throw ErrorCode.INVITE_USED.refusal();
            case REVOKED -> throw ErrorCode.INVITE_REVOKED.refusal();
            case EXPIRED -> throw ErrorCode.INVITE_EXPIRED.refusal();
            case PENDING -> {}
        }
    }

    /** Refuses a token that does not accept this invite, also with {@code invite_resent}. */
    void requireAcceptable(UUID token, Instant now) {
        requireOpen();
        ErrorCode.INVITE_RESENT.unless(tokenId.equals(token));
        ErrorCode.INVITE_EXPIRED.unless(now.isBefore(expiresAt));
    }
}
