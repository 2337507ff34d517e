package dev.roster.audit;

import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.Steps;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes down what happens, in the transaction or the statement that does it: either both are there
 * or none.
 *
 * <p>A use case in a Panache transaction ends with
 *
 * <pre>{@code
 * .call(group -> audit.record(
 *         AuditEvent.of(group.organizationId, AuditType.GROUP_CREATED)
 *                 .on(Target.Kind.GROUP, group.id, group.name)
 *                 .changing(Changes.between(Map.of(), group.audited()))))
 * }</pre>
 *
 * <p>where {@code audited()} answers the fields that may be told, never a secret. Who did it, from
 * where and in which request is found out here; {@link AuditEvent#by} and {@link ProvenActor} are only for requests without a
 * token. A statement of plain SQL takes {@link #cte} as one more of its parts and {@link #rows}
 * as one more parameter: it costs no round trip.
 *
 * <p>One event for each act that a person would look for: a sign-out everywhere is one with a
 * count, however many sessions it ends. A use case that changes nothing records nothing.
 */
@ApplicationScoped
public class AuditLog {
    private static final String INSERT = AuditSql.insert("$1", "$2");

    private static final String NAME = "SELECT username FROM users WHERE organization_id = $1 AND id = $2";

    // By their events the service knows of each key whether it is a new one, however long it has signed; there are a
    // few a year
    private static final String KEPT_FOR_GOOD = "AND type <> 'signing_key.rotated'";

    private final Pool database;
    private final Clock clock;

    AuditLog(Pool database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Deletes events that were kept long enough. */
    @Produces
    @Singleton
    static Cleaner kept(Pool database, AuditSettings settings, Clock clock) {
        // Each id begins with its time, so that one index serves order and age
        Supplier<UUID> firstToStay = () -> Uuids.first(clock.instant().minus(settings.keep()));
        return new Cleaner(
                "AuditCleaner",
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("audit_events", "id", "id", "<", KEPT_FOR_GOOD, firstToStay));
    }

    /** Records events that happen at once inside the caller's transaction, in their order. */
    public Uni<Void> record(AuditEvent... events) {
        return record(Arrays.asList(events));
    }

    /** The same; none where there are none. */
    public Uni<Void> record(List<AuditEvent> events) {
        return each(events, part -> rowsInTransaction(part)
                // What the transaction has changed so far need not be in the database before
                .chain(rows -> SessionSql.unflushed(Integer.class, INSERT, organization(part), rows))
                .replaceWithVoid());
    }

    /** Records events of what no transaction does, such as a refusal. */
    public Uni<Void> append(AuditEvent... events) {
        return each(Arrays.asList(events), part -> actorName(part, this::name)
                .chain(name -> database.preparedQuery(INSERT)
                        .execute(Tuple.of(organization(part), AuditRows.of(part, clock.instant(), name))))
                .replaceWithVoid());
    }

    /**
     * A part {@code audited AS (INSERT …)} of a WITH clause, without a comma around it.
     *
     * @param organization the parameter that names the organization of the events
     * @param parameter of the events, such as {@code $3}; its value is that of {@link #rows}
     * @param condition an SQL condition: whether there is anything to record, such as {@code EXISTS
     *     (SELECT FROM ended)}, or whether an event {@code e} is to be
     * @param details an SQL expression of the type {@code jsonb}, an object that is added to the
     *     details of the events, such as {@code jsonb_build_object('sessions', (SELECT count(*)
     *     FROM ended))}; <code>'{}'</code> adds nothing
     */
    public static String cte(String organization, String parameter, String condition, String details) {
        return "audited AS (" + AuditSql.insert(organization, parameter, condition, details) + ")";
    }

    /** The value of the parameter of a statement that records these events. */
    public String rows(AuditEvent... events) {
        return AuditRows.of(Arrays.asList(events), clock.instant(), null);
    }

    /** Joins the values of {@link #rows} of several requests, of which there is at least one, for one statement. */
    public static String together(List<String> rows) {
        return rows.stream()
                .map(each -> each.substring(1, each.length() - 1))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The same for events of one organization in the caller's transaction, whatever organization the caller is of. */
    public Uni<String> rowsInTransaction(List<AuditEvent> events) {
        return actorName(events, this::nameInTransaction).map(name -> AuditRows.of(events, clock.instant(), name));
    }

    /** Who makes the request, where that is an account of another organization; otherwise null. */
    private static Uni<String> actorName(List<AuditEvent> events, Function<Actor, Uni<String>> name) {
        Actor actor = Actor.current();
        return actor.id() == null || actor.organizationId().equals(organization(events))
                ? Uni.createFrom().nullItem()
                : name.apply(actor);
    }

    private Uni<String> name(Actor actor) {
        return database.preparedQuery(NAME)
                .execute(Tuple.of(actor.organizationId(), actor.id()))
                .map(rows -> Rows.first(rows, row -> row.getString(0)).orElse(null));
    }

    // On the connection that the caller has: one that waited for another would keep it from others
    private Uni<String> nameInTransaction(Actor actor) {
        return SessionSql.unflushed(String.class, NAME, actor.organizationId(), actor.id());
    }

    /** Does something with the events of each organization, which have a place of their own. */
    private static Uni<Void> each(List<AuditEvent> events, Function<List<AuditEvent>, Uni<Void>> work) {
        Map<UUID, List<AuditEvent>> parts = events.stream()
                .collect(Collectors.groupingBy(AuditEvent::organizationId, LinkedHashMap::new, Collectors.toList()));
        return Steps.each(parts.values(), work);
    }

    private static UUID organization(List<AuditEvent> events) {
        return events.get(0).organizationId();
    }
}
