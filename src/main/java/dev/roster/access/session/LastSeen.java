package dev.roster.access.session;

import dev.roster.caller.Caller;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Steps;
import dev.roster.user.AccountTimes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes when sessions and accounts were last seen, many at once. */
@ApplicationScoped
public class LastSeen implements PeriodicWork {
    // As that of accounts, see AccountTimes
    private static final String WRITE = """
            WITH free AS MATERIALIZED (
              SELECT o.id, seen.at
                FROM sessions o
                JOIN unnest(CAST($2 AS uuid[]), CAST($3 AS timestamptz[])) AS seen (id, at) ON seen.id = o.id
               WHERE o.organization_id = $1 AND o.last_seen_at < seen.at
                 FOR NO KEY UPDATE OF o SKIP LOCKED)
            UPDATE sessions s SET last_seen_at = free.at FROM free WHERE s.organization_id = $1 AND s.id = free.id
            """;

    // A statement for each organization, so that a server that is away keeps back no other's
    private static final int PART = 1_000;

    private record Sighting(Caller caller, Instant at) {}

    private final Map<UUID, Sighting> bySession = new ConcurrentHashMap<>();
    private final Pool database;
    private final Clock clock;

    LastSeen(Pool database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes that a caller was here; it is written with many others. */
    public void saw(Caller caller) {
        bySession.put(caller.sessionId(), new Sighting(caller, clock.instant()));
    }

    // A sighting has the resolution of a minute; waiting longer would make it older than that.
    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    /** Writes what was noted since the last time, organization by organization. */
    @Override
    public Uni<Void> run() {
        Map<UUID, List<Sighting>> noted = take().stream()
                .collect(Collectors.groupingBy(seen -> seen.caller().organizationId()));
        return Steps.eachOnItsOwn(
                noted.values().stream().flatMap(LastSeen::parts).toList(), this::write);
    }

    private List<Sighting> take() {
        List<Sighting> taken = new ArrayList<>();
        Iterator<Sighting> noted = bySession.values().iterator();
        while (noted.hasNext()) {
            taken.add(noted.next());
            noted.remove();
        }
        return taken;
    }

    private static Stream<List<Sighting>> parts(List<Sighting> ofOrganization) {
        return IntStream.iterate(0, from -> from < ofOrganization.size(), from -> from + PART)
                .mapToObj(from -> ofOrganization.subList(from, Math.min(from + PART, ofOrganization.size())));
    }

    private Uni<Void> write(List<Sighting> part) {
        return database.preparedQuery(WRITE)
                .execute(values(part, Caller::sessionId))
                .chain(() -> database.preparedQuery(AccountTimes.SEEN).execute(values(part, Caller::userId)))
                .onFailure()
                .invoke(() -> giveBack(part))
                .replaceWithVoid();
    }

    /** What could not be written is written the next time, unless it was seen again meanwhile. */
    private void giveBack(List<Sighting> part) {
        part.forEach(seen -> bySession.putIfAbsent(seen.caller().sessionId(), seen));
    }

    private static Tuple values(List<Sighting> part, Function<Caller, UUID> id) {
        return Tuple.of(
                part.get(0).caller().organizationId(),
                part.stream().map(seen -> id.apply(seen.caller())).toArray(UUID[]::new),
                part.stream().map(seen -> Rows.utc(seen.at())).toArray(OffsetDateTime[]::new));
    }
}
