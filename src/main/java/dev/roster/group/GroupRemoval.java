package dev.roster.group;

import dev.roster.platform.background.Parts;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.database.SqlState;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Steps;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets the members of large groups that are being removed leave, part after part, and the group go last: one statement over
 * all of them would hold up whoever joins or leaves it, and longer than a connection may be silent. Until then the group is
 * shown; its size is that of before. What a replica that is killed has not done another does.
 */
@ApplicationScoped
class GroupRemoval implements PeriodicWork {
    // As many leave with their group in some tens of milliseconds
    private static final int LARGE = 5 * Parts.SIZE;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String FOREIGN_KEY = "23503";

    // Goes on behind the last one: what was deleted stays in the index for a while
    private static final String LEAVE = """
            WITH members AS (
              SELECT user_id FROM memberships
               WHERE organization_id = $1 AND group_id = $2 AND user_id > $3
               ORDER BY user_id LIMIT %s FOR UPDATE SKIP LOCKED),
            gone AS (
              DELETE FROM memberships
               WHERE organization_id = $1 AND group_id = $2 AND user_id IN (SELECT user_id FROM members))
            SELECT user_id FROM members ORDER BY user_id DESC LIMIT 1
            """.formatted(Parts.SIZE);

    private static final String END = """
            DELETE FROM groups
             WHERE organization_id = $1 AND id = $2 AND removed_at IS NOT NULL
               AND NOT EXISTS (SELECT FROM memberships WHERE organization_id = $1 AND group_id = $2)
            """;

    private static final String PRESENT = "SELECT 1 FROM groups WHERE organization_id = $1 AND id = $2";

    private static final String REMOVED = """
            SELECT organization_id, id FROM groups WHERE removed_at IS NOT NULL ORDER BY removed_at LIMIT %s
            """.formatted(Parts.SIZE);

    private final Pool database;

    GroupRemoval(Pool database) {
        this.database = database;
    }

    static boolean isLarge(Group group) {
        return group.userCount + group.serviceAccountCount > LARGE;
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

    /** Removes a group that is being removed, and answers when it is gone. Goes on to the end, whoever waits for it. */
    Uni<Void> finish(UUID organizationId, UUID id) {
        Tuple group = Tuple.of(organizationId, id);
        // Who is being moved at the moment is passed over, and found from the beginning
        return UnitOfWork.carriedOut(Steps.whilst(() -> leave(organizationId, id)
                .chain(() -> isPresentAfterEnd(group))
                .call(present -> present
                        ? Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE)
                        : Uni.createFrom().voidItem())));
    }

    private Uni<Boolean> isPresentAfterEnd(Tuple group) {
        return database.preparedQuery(END)
                .execute(group)
                .chain(ended -> ended.rowCount() > 0
                        ? Uni.createFrom().item(false)
                        : database.preparedQuery(PRESENT).execute(group).map(found -> found.size() > 0))
                // Somebody has joined behind the back of a replica of the version before
                .onFailure(failure ->
                        SqlState.of(failure).filter(FOREIGN_KEY::equals).isPresent())
                .recoverWithItem(true);
    }

    private Uni<Void> leave(UUID organizationId, UUID id) {
        AtomicReference<UUID> last = new AtomicReference<>(Uuids.NIL);
        return Steps.whilst(
                () -> Rows.first(database, LEAVE, Tuple.of(organizationId, id, last.get()), row -> row.getUUID(0))
                        .invoke(left -> left.ifPresent(last::set))
                        .map(Optional::isPresent));
    }
}
