package dev.roster.access.session;

import dev.roster.audit.AuditLog;
import dev.roster.platform.persistence.Rows;
import dev.roster.revocation.Revocations;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Takes the tokens and sessions of an account away where its access ends. */
@ApplicationScoped
public class AccountSessions implements AccountFollower {
    private static final String REVOKE_TOKENS = Revocations.sql("""
                    WITH revoked AS (
                      SELECT CAST($1 AS uuid) AS organization_id, 'user' AS subject_kind, CAST($2 AS text) AS subject,
                             CAST($3 AS integer) AS generation, CAST($4 AS timestamptz) AS revoked_at,
                             (SELECT max(coalesce(token_expires_at, expires_at)) FROM sessions
                               WHERE organization_id = $1 AND user_id = $5) AS last_token_at)
                    """);

    // Revokes no token: none is of an earlier generation. It only makes replicas look again, who remember with what
    // role an API key was used and a client was granted a token.
    private static final String ANNOUNCE = Revocations.sql("""
                    WITH revoked AS (
                      SELECT organization_id, 'user' AS subject_kind, CAST($2 AS text) AS subject,
                             CAST($3 AS integer) AS generation, CAST($4 AS timestamptz) AS revoked_at,
                             max(expires_at) AS last_token_at
                        FROM sessions
                       WHERE organization_id = $1 AND user_id = $5 AND application_id IS NULL AND ended_at IS NULL
                       GROUP BY organization_id)
                    """);

    // No generation reaches it: the account does not come back.
    private static final int ALL_GENERATIONS = Integer.MAX_VALUE;

    private final AuditLog audit;
    private final Clock clock;

    AccountSessions(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Rank rank() {
        return Rank.SESSIONS;
    }

    @Override
    public Uni<Void> onDemotion(User user) {
        return write(REVOKE_TOKENS, user, user.tokenGeneration);
    }

    @Override
    public Uni<Void> onPromotion(User user) {
        return announce(user);
    }

    /** Lets replicas look anew at what they remember of a locked account with open sessions, inside the caller's transaction. */
    public Uni<Void> announce(User user) {
        return write(ANNOUNCE, user, user.tokenGeneration);
    }

    @Override
    public Uni<Void> onDeactivation(User user) {
        return write(REVOKE_TOKENS, user, user.tokenGeneration).chain(() -> endAll(user));
    }

    // Those that an earlier version left
    @Override
    public Uni<Void> onReopening(User user, boolean keepGroups) {
        return onDeactivation(user);
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return Revocations.write(
                EndedSessions.ALL,
                user.organizationId,
                user.id,
                Rows.now(clock),
                audit.rows(EndedSessions.event(
                        user.organizationId, user.id, user.passwordExpired ? "password_expired" : "password_changed")));
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return write(REVOKE_TOKENS, user, ALL_GENERATIONS)
                .chain(() -> Session.delete("organizationId = ?1 and userId = ?2", user.organizationId, user.id))
                .replaceWithVoid();
    }

    private Uni<Void> write(String statement, User user, int generation) {
        return Revocations.write(
                statement, user.organizationId, user.id.toString(), generation, Rows.now(clock), user.id);
    }

    private Uni<Void> endAll(User user) {
        return Session.update(
                        "endedAt = ?1 where organizationId = ?2 and userId = ?3 and endedAt is null",
                        clock.instant(),
                        user.organizationId,
                        user.id)
                .chain(ended -> ended == 0
                        ? Uni.createFrom().voidItem()
                        : audit.record(EndedSessions.event(user.organizationId, user.id, "deactivated")
                                .with("sessions", ended)));
    }
}
