package dev.roster.access.application;

import dev.roster.access.session.ApplicationSessions;
import dev.roster.platform.background.Parts;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.Steps;
import dev.roster.platform.persistence.UnitOfWork;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Ends the sessions of applications that were removed and deletes what belongs to them, part after part, the
 * application last; what a replica that is killed has not done another does.
 */
@ApplicationScoped
class ApplicationRemoval implements PeriodicWork {
    // Most are gone by then; nobody shall wait for a million sessions
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final String REMOVED = """
            SELECT organization_id, id FROM applications WHERE removed_at IS NOT NULL ORDER BY removed_at LIMIT %s
            """.formatted(Parts.SIZE);

    // Another replica may be at the same rows, and they are too many to go with it
    private static final String END = """
            DELETE FROM applications WHERE organization_id = $1 AND id = $2 AND removed_at IS NOT NULL
               AND NOT EXISTS (SELECT FROM authorization_codes WHERE organization_id = $1 AND application_id = $2)
               AND NOT EXISTS (SELECT FROM consents WHERE organization_id = $1 AND application_id = $2)
               AND NOT EXISTS (SELECT FROM application_grants WHERE organization_id = $1 AND application_id = $2)
            """;

    private final Pool database;
    private final ApplicationSessions sessions;
    private final List<ApplicationRows> rows;

    ApplicationRemoval(Pool database, ApplicationSessions sessions, @All List<ApplicationRows> rows) {
        this.database = database;
        this.sessions = sessions;
        this.rows = List.copyOf(rows);
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Uni<Void> run() {
        return database.query(REMOVED)
                .execute()
                .chain(found -> Steps.eachOnItsOwn(found, row -> finish(row.getUUID(0), row.getUUID(1))));
    }

    /** Waits a moment for the end of a removal, which goes on after that; never fails, as the next run comes to it. */
    Uni<Void> finishSoon(UUID organizationId, UUID id) {
        return UnitOfWork.carriedOut(finish(organizationId, id))
                .ifNoItem()
                .after(SOON)
                .fail()
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> finish(UUID organizationId, UUID id) {
        return sessions.endAll(organizationId, id)
                // One in use writes what belongs to it
                .chain(ended ->
                        ended ? delete(organizationId, id) : Uni.createFrom().voidItem());
    }

    private Uni<Void> delete(UUID organizationId, UUID id) {
        return Steps.each(rows, one -> one.delete(organizationId, id))
                .chain(() -> database.preparedQuery(END).execute(Tuple.of(organizationId, id)))
                .replaceWithVoid();
    }
}
