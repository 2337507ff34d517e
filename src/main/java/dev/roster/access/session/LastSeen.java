package dev.roster.access.session;

import dev.roster.caller.Caller;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.user.AccountTimes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Writes when sessions and accounts were last seen, many at once. */
@ApplicationScoped
public class LastSeen implements PeriodicWork {
    private static final int PART = 1_000;

    // Rows that a change holds at the moment are passed over rather than waited for.
    private static final String WRITE = """
            WITH seen AS (
              SELECT * FROM unnest(CAST($1 AS uuid[]), CAST($2 AS uuid[]), CAST($3 AS uuid[]), CAST($4 AS timestamptz[]))
                         AS sighting (organization_id, session_id, user_id, at)),
            free_sessions AS (
              SELECT s.organization_id, s.id, seen.at FROM sessions s JOIN seen
                  ON s.organization_id = seen.organization_id AND s.id = seen.session_id
               WHERE s.last_seen_at < seen.at
                 FOR NO KEY UPDATE OF s SKIP LOCKED),
            seen_sessions AS (
              UPDATE sessions s SET last_seen_at = f.at FROM free_sessions f
               WHERE s.organization_id = f.organization_id AND s.id = f.id),
            """ + AccountTimes.seen("seen");

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

    /** Writes what was noted since the last time, part after part. */
    @Override
    public Uni<Void> run() {
        List<Sighting> part = take();
        return part.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.preparedQuery(WRITE)
                        .execute(parameters(part))
                        .onFailure()
                        .invoke(() -> giveBack(part))
                        .chain(() -> part.size() < PART ? Uni.createFrom().voidItem() : run());
    }

    private List<Sighting> take() {
        List<Sighting> part = new ArrayList<>();
        Iterator<Sighting> noted = bySession.values().iterator();
        while (noted.hasNext() && part.size() < PART) {
            part.add(noted.next());
            noted.remove();
        }
        return part;
    }

    /** What could not be written is written the next time, unless it was seen again meanwhile. */
    private void giveBack(List<Sighting> part) {
        part.forEach(seen -> bySession.putIfAbsent(seen.caller().sessionId(), seen));
    }

    private static Tuple parameters(List<Sighting> part) {
        return Tuple.of(
                part.stream().map(seen -> seen.caller().organizationId()).toArray(UUID[]::new),
                part.stream().map(seen -> seen.caller().sessionId()).toArray(UUID[]::new),
                part.stream().map(seen -> seen.caller().userId()).toArray(UUID[]::new),
                part.stream().map(seen -> seen.at().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new));
    }
}
