package dev.roster.access.session;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.revocation.Revocations;
import java.util.UUID;

/** The statements that end sessions and revoke their tokens in one. */
final class EndedSessions {
    private static final String REVOKED = """
               AND ended_at IS NULL
            RETURNING organization_id, id,
                      CASE WHEN %s THEN %s ELSE coalesce(token_expires_at, expires_at) END AS last_token_at),
            revoked AS (
              SELECT organization_id, 'session' AS subject_kind, CAST(id AS text) AS subject, 0 AS generation,
                     CAST($3 AS timestamptz) AS revoked_at, last_token_at
                FROM ended)
            """.formatted(Session.IS_OF_KEY, Session.LAST_TOKEN_OF_KEY);

    // Signing out everywhere and a new password leave API keys alone: programs use them, and each
    // can be revoked by itself.
    private static final String SIGNED_IN = " AND NOT " + Session.IS_OF_KEY + " ";

    // However many end, it is one act
    private static final String CONDITION = "EXISTS (SELECT FROM ended)";
    private static final String COUNT = "jsonb_build_object('sessions', (SELECT count(*) FROM ended))";

    private static final String OF_ACCOUNT = """
            WITH ended AS (
              UPDATE sessions SET ended_at = $3
               WHERE organization_id = $1 AND user_id = $2
            """;

    // By itself, while nobody holds the account: two that end several sessions take turns on that, and not on these
    private static final String OF_LOCKED_ACCOUNT = """
            WITH account AS (
              SELECT u.id FROM users u WHERE u.organization_id = $1 AND u.id = $2 FOR NO KEY UPDATE),
            ended AS (
              UPDATE sessions SET ended_at = $3
               WHERE organization_id = $1 AND user_id = $2 AND EXISTS (SELECT FROM account)
            """;

    /** All of an account but its API keys: organization, account, now, events. */
    static final String ALL = audited(OF_ACCOUNT + SIGNED_IN + REVOKED, "$4");

    /** The same but one: organization, account, now, session, events. */
    static final String ALL_BUT = audited(OF_ACCOUNT + SIGNED_IN + " AND id <> $4 " + REVOKED, "$5");

    /** The API keys of an account: organization, account, now. */
    static final String KEYS = Revocations.sql(OF_ACCOUNT + " AND " + Session.IS_OF_KEY + REVOKED);

    /** One of an account: organization, account, now, session, events. */
    static final String ONE = audited(OF_ACCOUNT + " AND id = $4 " + REVOKED, "$5");

    /**
     * Those of a client that have reached their end: organization, account, now, row of the client, the
     * device of the next token, when a session began that is at its absolute end now.
     */
    static final String OVERDUE = Revocations.sql(OF_LOCKED_ACCOUNT
            + " AND client_id = $4"
            + " AND (expires_at <= $3 OR (device = $5 AND created_at <= $6))"
            + REVOKED);

    // Who signs in more often than that within a minute waits: each end is remembered by all
    // replicas for an hour.
    private static final String OLDEST_OF_CLIENT = """
             AND client_id = $4 AND created_at + interval '1 minute' <= $3
             AND id IN (SELECT id FROM sessions
                         WHERE organization_id = $1 AND user_id = $2 AND client_id = $4 AND ended_at IS NULL
                         ORDER BY last_seen_at DESC, id DESC OFFSET $5)
            """;

    /** Those seen longest ago: organization, account, now, client, how many go on, events. */
    static final String OLDEST = audited(OF_LOCKED_ACCOUNT + OLDEST_OF_CLIENT + REVOKED, "$6");

    private static final String OLDEST_OF_APPLICATION = """
             AND application_id = $4
             AND id IN (SELECT id FROM sessions
                         WHERE organization_id = $1 AND user_id = $2 AND application_id = $4 AND ended_at IS NULL
                         ORDER BY last_seen_at DESC, id DESC OFFSET $5)
            """;

    /** The same of an application: organization, account, now, application, how many go on, events. */
    static final String OLDEST_WITH = audited(OF_ACCOUNT + OLDEST_OF_APPLICATION + REVOKED, "$6");

    /** All of an account with an application: organization, account, now, application, events. */
    static final String ALL_WITH = audited(OF_ACCOUNT + " AND application_id = $4 " + REVOKED, "$5");

    private static final String LET_IN = """
            id IN (SELECT g.id FROM application_grants g WHERE g.organization_id = $1 AND g.browser_session_id = $4)
            """;

    /** Those of applications that were let in by one of a browser: organization, account, now, session, events. */
    static final String LET_IN_BY = audited(OF_ACCOUNT + " AND " + LET_IN + REVOKED, "$5");

    private static final String OF_BROWSER = " AND (id = $4 OR (application_id = $5 AND (id = $6 OR " + LET_IN + ")))";

    /**
     * That of a browser, and of an application those that were begun in it and one more: organization, account, now,
     * session of the browser, application, one more session, events.
     */
    static final String SIGNED_OUT = audited(OF_ACCOUNT + OF_BROWSER + REVOKED, "$7");

    private EndedSessions() {}

    /** Tells of an account that sessions of it have ended, and why. */
    static AuditEvent event(UUID organizationId, UUID userId, String reason) {
        return AuditEvent.of(organizationId, AuditType.SESSION_ENDED)
                .onAccount(userId)
                .with("reason", reason);
    }

    private static String audited(String statement, String events) {
        return Revocations.sql(statement.stripTrailing() + ",\n" + AuditLog.cte("$1", events, CONDITION, COUNT));
    }
}
