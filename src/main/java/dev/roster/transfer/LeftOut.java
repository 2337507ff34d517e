package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.background.Parts;
import dev.roster.platform.database.PlannedAnew;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Finds the persons that no line of an import was about. Who was is kept in the database: a million are too many for the
 * memory of a replica.
 */
@ApplicationScoped
class LeftOut {
    private static final String MARK = PlannedAnew.MARK + """
            INSERT INTO import_marks (organization_id, import_id, user_id)
            SELECT $1, $2, marked.id FROM unnest($3::uuid[]) AS marked (id)
            ON CONFLICT ON CONSTRAINT import_marks_pk DO NOTHING
            """;

    // Whoever came while the import ran could not be in it; the service's own first account is nobody's to list
    private static final String PERSONS = """
              FROM users u
             WHERE u.organization_id = $1 AND u.id > $2 AND u.kind = 'person' AND u.status <> 'deactivated'
               AND u.created_at < $3 AND NOT u.is_internal AND u.id <> $4
               AND NOT EXISTS (SELECT FROM import_marks m
                                WHERE m.organization_id = $1 AND m.import_id = $5 AND m.user_id = u.id)
            """;

    // A server that has taken over since may have lost marks, so they are counted where they are looked at
    private static final String FIND = PlannedAnew.MARK + """
            SELECT u.id, u.username,
                   (SELECT count(*) FROM import_marks m WHERE m.organization_id = $1 AND m.import_id = $5)
            """ + PERSONS + " ORDER BY u.id LIMIT 1000";

    // Counted no further than it matters
    private static final String COUNT =
            PlannedAnew.MARK + "SELECT count(*) FROM (SELECT u.id" + PERSONS + " LIMIT $6) AS found";

    private static final String IS_MARKED = """
            SELECT FROM import_marks WHERE organization_id = $1 AND import_id = $2 AND user_id = $3
            """;

    private static final String FORGET = """
            DELETE FROM import_marks WHERE organization_id = $1 AND import_id = $2 AND user_id IN (
              SELECT user_id FROM import_marks
               WHERE organization_id = $1 AND import_id = $2 LIMIT %s FOR UPDATE SKIP LOCKED)
            """.formatted(Parts.SIZE);

    private final Pool database;

    LeftOut(Pool database) {
        this.database = database;
    }

    /** Deletes what imports left behind that did not come to their end. One of more than a day keeps all accounts. */
    @Produces
    @Singleton
    static Cleaner abandoned(Pool database, Clock clock) {
        return new Cleaner(
                "ImportMarkCleaner",
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations(
                        "import_marks",
                        "import_id, user_id",
                        "import_id",
                        "<",
                        // Each id begins with its time
                        () -> Uuids.first(clock.instant().minus(Duration.ofDays(1)))));
    }

    /** Who was found may have been in a line. */
    static final class MarksLost extends RuntimeException {
        MarksLost() {
            super("marks of the import are lost", null, false, false);
        }
    }

    /** A person that no line was about. */
    record Person(UUID id, String username) {}

    /** How many of these were not marked before. */
    Uni<Integer> mark(UUID organizationId, UUID importId, List<UUID> seen) {
        return database.preparedQuery(MARK)
                .execute(Tuple.of(organizationId, importId, seen.toArray(UUID[]::new)))
                .map(RowSet::rowCount);
    }

    /** Whether an earlier batch of the import was about an account. */
    Uni<Boolean> isMarked(UUID organizationId, UUID importId, UUID user) {
        return database.preparedQuery(IS_MARKED)
                .execute(Tuple.of(organizationId, importId, user))
                .map(rows -> rows.size() > 0);
    }

    /**
     * The next persons behind an id; never the caller. Fails with {@link MarksLost} where somebody is found, and there are
     * fewer marks than these.
     */
    Uni<List<Person>> find(Caller caller, UUID importId, Instant began, UUID behind, long marks) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(caller.organizationId(), behind, Rows.utc(began), caller.userId(), importId))
                .map(rows -> Rows.list(rows, row -> {
                    if (row.getLong(2) < marks) {
                        throw new MarksLost();
                    }
                    return new Person(row.getUUID(0), row.getString(1));
                }));
    }

    /** Whether there are more of these persons than a number. */
    Uni<Boolean> areMoreThan(Caller caller, UUID importId, Instant began, long most) {
        return database.preparedQuery(COUNT)
                .execute(Tuple.of(
                        caller.organizationId(), Uuids.NIL, Rows.utc(began), caller.userId(), importId, most + 1))
                .map(rows -> rows.iterator().next().getLong(0) > most);
    }

    Uni<Void> forget(UUID organizationId, UUID importId) {
        return Parts.ofAll(database, FORGET, Tuple.of(organizationId, importId)).replaceWithVoid();
    }
}
