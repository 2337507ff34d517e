package dev.roster.access.session;

import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Rows;
import dev.roster.revocation.Revocations;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** The sessions of API keys: one each, which no grant extends and only its own end ends. */
@ApplicationScoped
public class KeySessions {
    private static final String DEVICE = "api key";

    private static final String REVOKE = Revocations.sql("""
                    WITH revoked AS (
                      SELECT organization_id, 'session' AS subject_kind, CAST(id AS text) AS subject, 0 AS generation,
                             CAST($3 AS timestamptz) AS revoked_at, %s AS last_token_at
                        FROM sessions WHERE organization_id = $1 AND id = $2)
                    """.formatted(Session.LAST_TOKEN_OF_KEY));

    private static final String NOT_ENDED = "clientId is null and applicationId is null and endedAt is null";

    private final Clock clock;

    KeySessions(Clock clock) {
        this.clock = clock;
    }

    /** Opens one for a locked account, inside the caller's transaction. */
    public Uni<OpenSession> open(User owner, UUID id, Instant createdAt, Instant expiresAt) {
        Session session = Session.begin(owner, id, createdAt);
        session.device = DEVICE;
        session.expiresAt = expiresAt;
        session.tokenExpiresAt = expiresAt;
        return session.persist().replaceWith(new OpenSession(id, owner.tokenGeneration));
    }

    /**
     * Refuses a token of an application, also one that was got with it: a key would outlive what the person has agreed to,
     * and what ends that.
     */
    public Uni<Void> requireNoApplication(Caller caller) {
        return Session.count(
                        "organizationId = ?1 and id = ?2 and applicationId is not null",
                        caller.organizationId(),
                        caller.sessionId())
                .invoke(found -> {
                    if (found > 0) {
                        throw RosterException.of(ErrorCode.FORBIDDEN, "An application makes no API keys.");
                    }
                })
                .replaceWithVoid();
    }

    /** Whether the organization of a locked account has a session of an id, of a key or not. */
    public Uni<Boolean> exists(User owner, UUID id) {
        return Session.count("organizationId = ?1 and id = ?2", owner.organizationId, id)
                .map(found -> found > 0);
    }

    /** How many of an account's go on. */
    public Uni<Long> count(User owner) {
        return Session.count(
                "organizationId = ?1 and userId = ?2 and expiresAt > ?3 and " + NOT_ENDED,
                owner.organizationId,
                owner.id,
                clock.instant());
    }

    /** Ends all of a locked account inside the caller's transaction. */
    public Uni<Void> endAll(User owner) {
        return Revocations.write(EndedSessions.KEYS, owner.organizationId, owner.id, Rows.now(clock));
    }

    /** Ends one inside the caller's transaction; false where that has been done before. */
    public Uni<Boolean> end(UUID organizationId, UUID id) {
        Instant now = clock.instant();
        return Session.update(
                        "endedAt = ?1 where organizationId = ?2 and id = ?3 and " + NOT_ENDED, now, organizationId, id)
                .call(() -> Revocations.write(REVOKE, organizationId, id, Rows.utc(now)))
                .map(ended -> ended > 0);
    }
}
