package dev.roster.access.federation;

import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.access.token.LinkToken;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.http.Network;
import dev.roster.platform.limit.RateLimit;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.UnitOfWork;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps who was sent to an issuer until the answer comes: for one browser, once, on whichever replica. Strangers can begin
 * as many as a network may; none of theirs outlives its ten minutes for long.
 */
@ApplicationScoped
class SignInAttempts {
    // A password, a second factor and a mail with a code fit in
    private static final Duration LIFE = Duration.ofMinutes(10);

    // So long who comes back late reads what was wanted; strangers can begin none of those
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final String OF_STRANGERS = "AND invite_id IS NULL AND user_id IS NULL";

    // A large office behind one address in the morning; of strangers, some 4 MB
    private static final RateLimit BEGINNINGS = new RateLimit("federated-sign-in", 1_000, LIFE);

    private static final String ORGANIZATION = "SELECT id FROM organizations WHERE name = $1 AND status = 'active'";

    private static final String ADD = """
            INSERT INTO federated_sign_ins (organization_id, digest, browser_digest, issuer, path, max_age,
                                            invite_id, invite_token_id, expires_at, user_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String TAKE = """
            DELETE FROM federated_sign_ins
             WHERE organization_id = $1 AND digest = $2 AND browser_digest = $3
            RETURNING issuer, path, max_age, invite_id, invite_token_id, expires_at, user_id
            """;

    private final Pool database;
    private final RateLimits limits;
    private final Clock clock;

    SignInAttempts(Pool database, RateLimits limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    /** Deletes those that nobody has come back from; strangers can begin many. */
    @Produces
    @Singleton
    static Cleaner expired(Pool database, Clock clock) {
        return new Cleaner(
                "AttemptCleaner",
                database,
                Duration.ofMinutes(1),
                new PastOfOrganizations(
                        "federated_sign_ins", "digest", "expires_at", "<=", OF_STRANGERS, clock::instant),
                new PastOfOrganizations("federated_sign_ins", "digest", "expires_at", "<=", () -> clock.instant()
                        .minus(REMEMBERED)));
    }

    /** The id of an active organization; empty where there is none of this name. */
    Uni<Optional<UUID>> organization(String name) {
        return Rows.first(database, ORGANIZATION, Tuple.of(name), row -> row.getUUID(0));
    }

    /** Keeps a new one; {@code rate_limited}. */
    Uni<SignInAttempt> add(UUID organizationId, String issuer, BeginSignIn begin) {
        OpaqueSecret state = OpaqueSecret.random(organizationId);
        SignInAttempt attempt = new SignInAttempt(
                state.value(),
                begin.browser(),
                organizationId,
                issuer,
                begin.path(),
                begin.maxAge(),
                begin.invite(),
                begin.userId());
        Tuple row = Tuple.tuple()
                .addUUID(organizationId)
                .addValue(state.digest())
                .addValue(digest(attempt.browser()))
                .addString(issuer)
                .addString(attempt.path())
                .addLong(attempt.maxAge())
                .addUUID(begin.invite() == null ? null : begin.invite().subjectId())
                .addUUID(begin.invite() == null ? null : begin.invite().id())
                .addOffsetDateTime(Rows.utc(clock.instant().plus(LIFE)))
                .addUUID(attempt.userId());
        String network = Network.of(begin.ipAddress()).prefix();
        return UnitOfWork.transaction(() -> limits.spend(BEGINNINGS, organizationId, network))
                .chain(() -> database.preparedQuery(ADD).execute(row))
                .replaceWith(attempt);
    }

    /**
     * The one of this state, which is no more from now on; empty where it is not this browser's. Fails with {@link
     * SignInRefused}, which knows what was wanted, where it is too old.
     */
    Uni<Optional<SignInAttempt>> take(String state, String browser) {
        return OpaqueSecret.read(state)
                .map(key -> Rows.first(
                        database,
                        TAKE,
                        Tuple.of(key.organizationId(), key.digest(), digest(browser)),
                        row -> attempt(key, browser, row)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private SignInAttempt attempt(OpaqueSecret state, String browser, Row row) {
        Instant end = Rows.instant(row, 5);
        SignInAttempt attempt = new SignInAttempt(
                state.value(),
                browser,
                state.organizationId(),
                row.getString(0),
                row.getString(1),
                row.getLong(2),
                row.getUUID(3) == null
                        ? null
                        : new LinkToken(state.organizationId(), row.getUUID(3), row.getUUID(4), end),
                row.getUUID(6));
        if (!clock.instant().isBefore(end)) {
            throw new SignInRefused(Reason.UNKNOWN_ATTEMPT, "it took too long").of(attempt);
        }
        return attempt;
    }

    private static Buffer digest(String browser) {
        return Buffer.buffer(Sha256.of(browser));
    }
}
