package dev.roster.access.password;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.http.Network;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Where accounts have signed in with their passwords lately: strangers do not hinder them there.
 */
@ApplicationScoped
public class KnownNetworks implements AccountFollower {
    // Written once a day, however often a person signs in
    private static final String REMEMBER = """
            INSERT INTO known_networks AS k (organization_id, user_id, network, seen_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT ON CONSTRAINT known_networks_pk DO UPDATE SET seen_at = excluded.seen_at
             WHERE k.seen_at < $5
            """;

    private static final String KNOWS = """
            SELECT EXISTS (SELECT FROM known_networks
                            WHERE organization_id = $1 AND user_id = $2 AND network = $3 AND seen_at > $4)
            """;

    private static final Duration DAY = Duration.ofDays(1);

    // Home, office, telephone and some hotels; whoever travels more has the latest twenty
    private static final String KEEP_LATEST = """
            DELETE FROM known_networks WHERE organization_id = $1 AND user_id = $2 AND network IN (
              SELECT network FROM known_networks WHERE organization_id = $1 AND user_id = $2
               ORDER BY seen_at DESC OFFSET 20)
            """;

    private static final String DELETE_ALL = "DELETE FROM known_networks WHERE organization_id = $1 AND user_id = $2";

    private final Pool database;
    private final PasswordFailureSettings settings;
    private final Clock clock;

    KnownNetworks(Pool database, PasswordFailureSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** Deletes those that are known no more. */
    @Produces
    @Singleton
    static Cleaner forgotten(Pool database, KnownNetworks networks) {
        return new Cleaner(
                "KnownNetworkCleaner",
                database,
                Duration.ofHours(1),
                new PastOfOrganizations("known_networks", "user_id, network", "seen_at", "<=", networks::knownSince));
    }

    /** How a network stands in the table. */
    static Buffer digest(Network network) {
        return FailureSubject.of("network", network.prefix()).digest();
    }

    /** Whether an account has signed in from a network lately. */
    Uni<Boolean> knows(UUID organizationId, UUID userId, Network network) {
        return database.preparedQuery(KNOWS)
                .execute(Tuple.of(organizationId, userId, digest(network), knownSince()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** A network that was seen before is not known any more. */
    OffsetDateTime knownSince() {
        return Rows.utc(clock.instant().minus(settings.knownFor()));
    }

    /** Remembers that an account has signed in from a network. */
    Uni<Void> remember(UUID organizationId, UUID userId, Network network) {
        Instant now = clock.instant();
        return database.preparedQuery(REMEMBER)
                .execute(Tuple.of(organizationId, userId, digest(network), Rows.utc(now), Rows.utc(now.minus(DAY))))
                .chain(written -> written.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : database.preparedQuery(KEEP_LATEST)
                                .execute(Tuple.of(organizationId, userId))
                                .replaceWithVoid());
    }

    /** Remembers the first network of a locked account, inside the caller's transaction. */
    public Uni<Void> rememberFirst(User account, Network network) {
        return SessionSql.update(
                        REMEMBER,
                        account.organizationId,
                        account.id,
                        digest(network).getBytes(),
                        Rows.now(clock),
                        Rows.utc(clock.instant().minus(DAY)))
                .replaceWithVoid();
    }

    @Override
    public Rank rank() {
        return Rank.PASSWORDS;
    }

    @Override
    public Uni<Void> onReopening(User user, boolean keepGroups) {
        return beforeRemoval(user);
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return SessionSql.update(DELETE_ALL, user.organizationId, user.id).replaceWithVoid();
    }
}
