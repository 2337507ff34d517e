package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.SessionSql;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** When that ends which a caller got its token with: what it makes for itself does not outlive it. */
public final class CredentialEnd {
    // Tokens of other issuers have no session
    private static final String END = """
            SELECT CASE WHEN s.client_id IS NULL AND s.application_id IS NULL THEN s.expires_at ELSE c.expires_at END
              FROM sessions s LEFT JOIN clients c ON c.organization_id = s.organization_id AND c.id = s.client_id
             WHERE s.organization_id = $1 AND s.id = $2
            """;

    private CredentialEnd() {}

    /**
     * A wanted end, or that of the caller's API key or secret in whole seconds, as tokens have them, where that comes first;
     * {@code invalid_token} where it has come, as it has for a token that outlives the secret of before a rotation. Asked
     * inside the caller's transaction, behind the lock of the account: a rotation may have set an end while that was waited
     * for.
     *
     * @param wanted null is never
     * @return null where neither ends
     */
    public static Uni<Instant> within(Caller caller, Instant wanted, Clock clock) {
        return SessionSql.unflushed(OffsetDateTime.class, END, caller.organizationId(), caller.sessionId())
                .map(end -> end == null
                        ? wanted
                        : earlier(end.toInstant().truncatedTo(ChronoUnit.SECONDS), wanted, clock.instant()));
    }

    private static Instant earlier(Instant end, Instant wanted, Instant now) {
        if (!end.isAfter(now)) {
            throw ErrorCode.INVALID_TOKEN.refusal();
        }
        return wanted == null || wanted.isAfter(end) ? end : wanted;
    }
}
