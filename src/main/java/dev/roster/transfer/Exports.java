package dev.roster.transfer;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.paging.Part;
import dev.roster.platform.paging.PartsInTurn;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.standby.ListReads;
import dev.roster.user.GroupSummary;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gives all persons of an organization away, as an import takes them: part by part, with no connection held between. */
@ApplicationScoped
public class Exports {

    // By id, which never changes: whoever is there throughout comes once, whatever is renamed meanwhile
    private static final String PERSONS = """
            SELECT u.id, u.external_id, u.username, u.display_name, u.full_name, u.email, u.role, u.status,
                   (SELECT array_agg((SELECT g.name %s))
                      FROM memberships m WHERE m.organization_id = $1 AND m.user_id = u.id),
                   CAST(u.metadata AS text), u.password_hash, u.password_expired, u.avatar_url, u.company, u.job_title
              FROM users u
             WHERE u.organization_id = $1 AND u.id > $2 AND u.kind = 'person' AND u.created_at <= $3
             ORDER BY u.id LIMIT %s
            """.formatted(GroupSummary.OF_MEMBERSHIP, Part.SIZE);

    private final ListReads lists;
    private final AuditLog audit;
    private final Clock clock;

    Exports(ListReads lists, AuditLog audit, Clock clock) {
        this.lists = lists;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The persons who are there now, in parts of which none is empty, as fast as they are asked for. Each is as it is when
     * its part is read.
     *
     * @param hashes whether the hashes of their passwords are given away too, which takes the scope of the whole system
     */
    public Multi<List<ExportedUser>> users(Caller caller, boolean hashes) {
        caller.require(Scope.USERS_READ);
        if (hashes) {
            caller.require(Scope.SYSTEM);
        }
        Instant began = clock.instant();
        Multi<List<ExportedUser>> parts = parts(last -> read(caller, last, began, hashes), ExportedUser::id);
        return audit.append(AuditEvent.of(caller.organizationId(), AuditType.USERS_EXPORTED)
                        .on(Target.Kind.ORGANIZATION, caller.organizationId(), caller.organization())
                        .with("hashes", hashes))
                .onItem()
                .transformToMulti(recorded -> parts);
    }

    /** Reads part by part behind the id of the last row; one that is not full is the last one. */
    static <T> Multi<List<T>> parts(Function<UUID, Uni<List<T>>> read, Function<T, UUID> id) {
        AtomicReference<UUID> last = new AtomicReference<>(Uuids.NIL);
        return PartsInTurn.read(() -> read.apply(last.get()), part -> {
                    if (!part.isEmpty()) {
                        last.set(id.apply(part.get(part.size() - 1)));
                    }
                    return part.size() == Part.SIZE;
                })
                .filter(part -> !part.isEmpty());
    }

    private Uni<List<ExportedUser>> read(Caller caller, UUID behind, Instant began, boolean hashes) {
        return lists.execute(PERSONS, Tuple.of(caller.organizationId(), behind, Rows.utc(began)))
                .map(rows -> Rows.list(rows, row -> user(row, hashes)));
    }

    private static ExportedUser user(Row row, boolean hashes) {
        String[] groups = row.getArrayOfStrings(8);
        return new ExportedUser(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                groups == null ? List.of() : Stream.of(groups).sorted().toList(),
                row.getString(9),
                hashes ? row.getString(10) : null,
                row.getBoolean(11),
                row.getString(12),
                row.getString(13),
                row.getString(14));
    }
}
