package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.SessionSql;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Whether a caller may still act, asked once a transaction has the locks for which it waited: what took the caller's rights may
 * have had them before, and the token was looked at before that.
 */
public final class CallerStanding {
    // A session is there for each token of ours, and none for those of other issuers
    private static final String ROLE = """
            SELECT u.role FROM users u JOIN organizations o ON o.id = u.organization_id
             WHERE u.organization_id = $1 AND u.id = $2 AND u.status = 'active' AND o.status = 'active'
               AND NOT EXISTS (SELECT FROM sessions s
                                 LEFT JOIN clients c ON c.organization_id = s.organization_id AND c.id = s.client_id
                                 LEFT JOIN applications a ON a.organization_id = s.organization_id AND a.id = s.application_id
                                      AND a.removed_at IS NULL
                                WHERE s.organization_id = $1 AND s.id = $3
                                  AND (s.ended_at IS NOT NULL OR c.revoked_at IS NOT NULL
                                       OR (s.application_id IS NOT NULL AND a.id IS NULL)))
            """;

    private CallerStanding() {}

    /**
     * The role that the caller's account has at present; {@code invalid_token} where its session, its secret, its account or its
     * organization has ended, or it is one that can do less than the caller. A statement of its own in the transaction that
     * there is, which sees what was committed before a lock was free. What the session has changed is written before, as that may
     * wait too: for who has such a name, or such an address, in a transaction of its own.
     */
    public static Uni<Role> require(Caller caller) {
        return SessionSql.value(String.class, ROLE, caller.organizationId(), caller.userId(), caller.sessionId())
                .map(role -> Optional.ofNullable(role)
                        .flatMap(Role::of)
                        .filter(present -> present.includes(caller.role()))
                        .orElseThrow(ErrorCode.INVALID_TOKEN::refusal));
    }
}
