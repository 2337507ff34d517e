package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.background.Statistics;
import dev.roster.platform.http.PortSettings;
import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import dev.roster.transfer.ImportPlaces.Place;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Takes accounts from files of any length, in constant memory. */
@ApplicationScoped
public class Imports {
    // Proxies keep a connection that rests for a minute
    private static final Duration REST = Duration.ofSeconds(30);

    private final ImportWriter writer;
    private final SingleWriter single;
    private final LeftOut leftOut;
    private final Revocations revocations;
    private final Clock clock;
    private final ImportPlaces places;
    private final Statistics statistics;
    private final Duration rest;

    Imports(
            ImportWriter writer,
            SingleWriter single,
            LeftOut leftOut,
            Revocations revocations,
            ImportPlaces places,
            Statistics statistics,
            PortSettings ports,
            Clock clock) {
        this.writer = writer;
        this.single = single;
        this.leftOut = leftOut;
        this.revocations = revocations;
        this.places = places;
        this.statistics = statistics;
        // Well before the service itself ends it
        rest = ports.idleTimeout()
                .filter(idle -> !idle.isZero())
                .map(idle -> idle.dividedBy(3))
                .filter(third -> third.compareTo(REST) < 0)
                .orElse(REST);
        this.clock = clock;
    }

    /**
     * Imports what comes, part by part, as fast as the parts are asked for; {@code unavailable} where too many others do
     * the same already.
     *
     * @param source where the lines come from
     */
    public Multi<ImportPart> run(Caller caller, ImportOptions options, ImportSource source) {
        caller.require(Scope.USERS_WRITE);
        if (options.mode() == ImportMode.SYNC) {
            // It names all who are in no line
            caller.require(Scope.USERS_READ);
        }
        return Multi.createFrom().deferred(() -> {
            Place place = places.take(caller.organizationId(), source.body()::giveUp);
            return parts(caller, options, source, place).onTermination().invoke(place::end);
        });
    }

    private Multi<ImportPart> parts(Caller caller, ImportOptions options, ImportSource source, Place place) {
        Instant began = clock.instant();
        ImportedLines lines = new ImportedLines(source, caller.organizationId(), options.fromLine(), clock);
        ImportRun run = new ImportRun(
                new ImportTask(Uuids.v7(began), caller, options, place),
                lines,
                writer,
                single,
                leftOut,
                new Growth(statistics, caller.organizationId()),
                new PartsInTime.Connection(source.body()::received, rest),
                began);
        return Multi.createBy()
                .repeating()
                .uni(run::next)
                .whilst(part -> part.summary() == null)
                .call(revocations::settleIfAny);
    }
}
