package dev.roster.organization;

import dev.roster.access.session.Sessions;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.platform.database.SqlState;
import dev.roster.platform.error.Causes;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.Steps;
import dev.roster.platform.persistence.UnitOfWork;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.hibernate.StaleStateException;
import org.jboss.logging.Logger;

/**
 * Ends the tokens, sessions and API keys of a database that was set back to an earlier moment: those that were revoked
 * after that moment are among them, and nothing tells which.
 */
@ApplicationScoped
class Restores {
    private static final Logger LOG = Logger.getLogger(Restores.class);

    private static final String NOTED = "SELECT name FROM restores WHERE name = $1";
    private static final String NOTE = "INSERT INTO restores (name, done_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    /** Finds a row once the restore of a name is dealt with. */
    static final String DONE = "SELECT FROM restores WHERE name = ?";

    // The history that is gone may have had later generations, and one that was restored before had; tokens of both are
    // out. No organization is switched off once a second, and a column has room for the seconds of a lifetime
    private static final long FIRST_SECOND = 1_735_689_600; // of 2025

    private static final int AT_ONCE = 100;

    // Replicas that still serve write the same sessions and organizations, and may each be in the way
    private static final int ATTEMPTS = 10;

    private final OrganizationAccess access;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Clock clock;

    Restores(OrganizationAccess access, Sessions sessions, AuditLog audit, Clock clock) {
        this.access = access;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Does it, unless it was done under this name. */
    Uni<Void> run(String name) {
        return UnitOfWork.session(() -> isNoted(name))
                .chain(done -> done ? Uni.createFrom().<Integer>nullItem() : end(name))
                .invoke(organizations -> {
                    if (organizations == null) {
                        LOG.infof("ROSTER_RESTORED: %s is dealt with, and another restore needs another name", name);
                    } else if (organizations > 0) {
                        LOG.warnf(
                                "ROSTER_RESTORED: the tokens, sessions and API keys of %d organizations have ended;"
                                        + " passwords and client secrets are those of the restored moment",
                                organizations);
                    }
                })
                .replaceWithVoid();
    }

    // Part after part, of which nothing is lost where the process is ended meanwhile; what began since, or was in use,
    // ends with the generations and the name
    private Uni<Integer> end(String name) {
        Instant begin = clock.instant();
        Map<UUID, Long> ended = new HashMap<>();
        return each(organization -> sessions.endBefore(organization.id, begin)
                        .invoke(count -> ended.merge(organization.id, count, Long::sum)))
                .chain(() -> UnitOfWork.transaction(() -> note(name)
                        .chain(noted -> noted
                                ? each(organization -> end(organization, ended.getOrDefault(organization.id, 0L)))
                                : Uni.createFrom().nullItem())))
                .onFailure(Restores::isInTheWay)
                .retry()
                .atMost(ATTEMPTS - 1);
    }

    private static boolean isInTheWay(Throwable failure) {
        return SqlState.isOfTurns(failure)
                || Causes.of(failure)
                        .anyMatch(cause ->
                                cause instanceof OptimisticLockException || cause instanceof StaleStateException);
    }

    // Asked first, as a start while no server takes writes has nothing to note
    private static Uni<Boolean> isNoted(String name) {
        return SessionSql.value(String.class, NOTED, name).map(found -> found != null);
    }

    // Another replica that starts with the same name waits here, and has nothing to do
    private Uni<Boolean> note(String name) {
        return SessionSql.update(NOTE, name, Rows.now(clock)).map(added -> added > 0);
    }

    /** Does something with each organization, in the transaction that there is or in none; how many there are. */
    private static Uni<Integer> each(Function<Organization, Uni<?>> step) {
        return Uni.createFrom().deferred(() -> {
            AtomicReference<String> last = new AtomicReference<>("");
            AtomicInteger done = new AtomicInteger();
            return Steps.whilst(() -> UnitOfWork.session(() -> Organization.after(last.get(), AT_ONCE))
                            .call(found -> Steps.each(found, step))
                            .map(found -> {
                                done.addAndGet(found.size());
                                found.forEach(organization -> last.set(organization.name));
                                return found.size() == AT_ONCE;
                            }))
                    .map(all -> done.get());
        });
    }

    private Uni<Void> end(Organization organization, long ended) {
        int ofNow = Math.toIntExact(clock.instant().getEpochSecond() - FIRST_SECOND);
        organization.generation = Math.max(organization.generation + 1, ofNow);
        organization.sessionsFrom = clock.instant();
        return sessions.endAllOf(organization.id)
                .chain(count ->
                        audit.record(Organizations.events(AuditType.ORGANIZATION_RESTORED, organization).stream()
                                .map(event -> event.with("sessions", ended + count))
                                .toList()))
                .chain(() -> access.announce(organization));
    }
}
