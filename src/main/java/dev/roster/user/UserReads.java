package dev.roster.user;

import dev.roster.platform.database.Batcher;
import dev.roster.platform.database.KeyReads;
import dev.roster.platform.persistence.OneByOne;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.SharedTurns;
import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/** The hottest reads: an account with its groups by a key, for all that are asked for at once by one statement. */
@ApplicationScoped
public class UserReads {
    private static final String BY_USERNAME = UserRows.byEach("text", "u.username_key = k.key");
    private static final String BY_EMAIL = UserRows.byEach("text", "u.email_key = k.key");
    private static final String BY_ID = UserRows.byEach("uuid", "u.id = k.key");
    private static final String ONE = UserRows.SELECT + " WHERE u.organization_id = $1 AND u.id = $2";
    private static final String BY_EMAIL_OF_ANY_AGE = UserRows.SELECT
            + " WHERE u.organization_id = $1"
            + " AND (u.email_key = $2 OR (u.email_key = $3 AND u.email = $4))";

    // In bytes. What is more may be some megabytes: those of one organization come one after the other
    private static final int LITTLE = 300_000;

    // That wait; more at once are refused
    private static final int MOST_LARGE = 100;

    private final KeyReads keys;
    private final UserPages pages;
    private final SharedTurns<Account, Optional<UserView>> large = new SharedTurns<>(new OneByOne(MOST_LARGE));
    private final Batcher<UUID, String, Row> byUsername;
    private final Batcher<UUID, String, Row> byEmail;
    private final Batcher<UUID, UUID, Row> byId;

    UserReads(Vertx vertx, KeyReads keys, UserPages pages) {
        this.keys = keys;
        this.pages = pages;
        byUsername = batcher(vertx, BY_USERNAME, String[]::new);
        byEmail = batcher(vertx, BY_EMAIL, String[]::new);
        byId = batcher(vertx, BY_ID, UUID[]::new);
    }

    private record Account(UUID organizationId, UUID id) {}

    private <K> Batcher<UUID, K, Row> batcher(Vertx vertx, String sql, IntFunction<K[]> array) {
        return new Batcher<>(vertx, (organizationId, wanted) -> each(sql, organizationId, wanted.toArray(array)));
    }

    public Uni<Optional<UserView>> byUsername(UUID organizationId, UserKind kind, String username) {
        return byUsername(organizationId, username).map(found -> found.filter(user -> user.kind() == kind));
    }

    /** A person or a service account. */
    public Uni<Optional<UserView>> byUsername(UUID organizationId, String username) {
        return byUsername.ask(organizationId, CanonicalText.fold(username)).chain(row -> whole(organizationId, row));
    }

    public Uni<Optional<UserView>> byEmail(UUID organizationId, String email) {
        EmailMatch match = EmailMatch.of(email);
        return match.isPlain()
                ? byEmail.ask(organizationId, match.key()).chain(row -> whole(organizationId, row))
                : keys.read(BY_EMAIL_OF_ANY_AGE, Tuple.of(organizationId, match.key(), match.oldKey(), match.address()))
                        .chain(rows -> whole(
                                organizationId, Rows.first(rows, row -> row).orElse(null)));
    }

    public Uni<Optional<UserView>> byId(UUID organizationId, UUID id) {
        return byId.ask(organizationId, id).chain(row -> whole(organizationId, row));
    }

    /** As the caller's transaction leaves it. */
    public static Uni<Optional<UserView>> changed(UUID organizationId, UUID id) {
        return SessionSql.first(row -> row, ONE, organizationId, id)
                .chain(found -> found.filter(row -> UserRows.leftOut(row) > 0).isPresent()
                        ? UserPages.changed(organizationId, id)
                        : Uni.createFrom().item(found.map(UserRows::view)));
    }

    private Uni<List<Row>> each(String sql, UUID organizationId, Object[] wanted) {
        return keys.read(sql, Tuple.of(organizationId, wanted)).map(rows -> {
            Row[] found = new Row[wanted.length];
            rows.forEach(row -> found[UserRows.place(row)] = row);
            return Arrays.asList(found);
        });
    }

    /** Who is in large groups is read apart, so that the others of a statement do not wait, nor lie in memory beside all of them. */
    private Uni<Optional<UserView>> whole(UUID organizationId, Row row) {
        int leftOut = row == null ? 0 : UserRows.leftOut(row);
        if (leftOut == 0) {
            return Uni.createFrom().item(Optional.ofNullable(row).map(UserRows::view));
        }
        UUID id = row.getUUID(0);
        return leftOut <= LITTLE
                ? pages.one(organizationId, id)
                : large.read(
                        organizationId.toString(),
                        new Account(organizationId, id),
                        () -> pages.one(organizationId, id));
    }
}
