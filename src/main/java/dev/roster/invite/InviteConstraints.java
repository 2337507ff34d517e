package dev.roster.invite;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Constraints;
import jakarta.inject.Singleton;
import java.util.Map;

/** An address has one pending invite at a time. */
@Singleton
class InviteConstraints implements Constraints {
    @Override
    public Map<String, ErrorCode> meanings() {
        return Map.of("invites_pending_key", ErrorCode.INVITE_PENDING);
    }
}
