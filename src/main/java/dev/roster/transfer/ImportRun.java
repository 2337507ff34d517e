package dev.roster.transfer;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.BodyStream;
import dev.roster.platform.paging.Part;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.transfer.LineResult.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** One import on its way: a part is answered when the client has taken the one before. */
final class ImportRun {
    private static final Logger LOG = Logger.getLogger(ImportRun.class);

    private static final String MARKS_LOST =
            "The database has lost whom the lines were about, or it took more than a day; import the file again.";

    // Who has few accounts may exchange all of them, as in a first trial, and mends a mistake by hand
    private static final long FEW = 10;

    private final Context context = Vertx.currentContext();
    private final ImportTask task;
    private final PartsInTime parts;
    private final ImportedLines lines;
    private final ImportWriter writer;
    private final SingleWriter single;
    private final LeftOut leftOut;
    private final Growth growth;
    private final UUID id;
    private final Instant began;
    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private BatchAhead ahead = new BatchAhead(this::begin);
    private long nextLine;
    private boolean answered;
    private boolean read;
    private long marked;
    private UUID lastLeftOut = Uuids.NIL;
    private List<LeftOut.Person> found = List.of();

    ImportRun(
            ImportTask task,
            ImportedLines lines,
            ImportWriter writer,
            SingleWriter single,
            LeftOut leftOut,
            Growth growth,
            PartsInTime.Connection connection,
            Instant began) {
        this.task = task;
        this.parts = new PartsInTime(this::make, task.place()::isWorkedOn, connection);
        this.lines = lines;
        this.writer = writer;
        this.single = single;
        this.leftOut = leftOut;
        this.growth = growth;
        this.id = task.id();
        this.began = began;
        this.nextLine = task.options().fromLine();
    }

    /**
     * The next part, of which the last one has a summary. Fails where nothing was answered yet; later, what stops it is in
     * the summary. Where the next one takes long, it is one of nothing.
     */
    Uni<ImportPart> next() {
        return parts.next()
                .invoke(() -> answered = true)
                // Whoever asks for a part does so from where the one before was sent
                .runSubscriptionOn(step -> context.runOnContext(now -> step.run()));
    }

    private Uni<ImportPart> make() {
        return Uni.createFrom()
                .deferred(this::part)
                .onFailure(ImportingCaller.Gone.class)
                .transform(Throwable::getCause)
                .onFailure(failure -> answered && !(failure instanceof BodyStream.Left))
                .recoverWithItem(this::stopped)
                // Until the client takes it
                .onTermination()
                .invoke(task.place()::waits);
    }

    private ImportPart stopped(Throwable failure) {
        if (!(failure instanceof RosterException)) {
            LOG.errorf(failure, "an import stopped before line %d", nextLine);
        }
        return ImportPart.last(summary(null, failure));
    }

    private Uni<ImportPart> part() {
        if (read) {
            task.place().works();
            return deactivate();
        }
        if (ahead.lines().isPresent()) {
            task.place().worksStill();
            return write(ahead.lines().get());
        }
        return lines.next().invoke(task.place()::works).chain(batch -> batch.isEmpty() ? end() : write(batch));
    }

    private Uni<ImportPart> write(List<Line> batch) {
        BatchAhead early = ahead;
        BatchAhead behind = early.behind();
        ahead = behind;
        return UnitOfWork.carriedOut(writer.write(task, batch, early, behind)
                        .call(this::mark)
                        .invoke(behind::goOn)
                        .onFailure()
                        .invoke(behind::leave))
                .call(this::grow)
                .map(results -> {
                    count(results);
                    nextLine = batch.get(batch.size() - 1).number() + 1;
                    return answer(results);
                });
    }

    /** Whoever is in no line is always told of: the client has sent all by then, and reads. */
    private ImportPart answer(List<LineResult> results) {
        return ImportPart.of(results.stream()
                .filter(result ->
                        !task.options().errorsOnly() || result.outcome() == Outcome.ERROR || result.line() == null)
                .toList());
    }

    /**
     * Two transactions of one import are worth it where no other one runs. The marks of a sync, which come between two
     * batches, would have to wait for the connection of the second where there are few.
     */
    private void begin(BatchAhead next) {
        ImportOptions options = task.options();
        if (!options.dryRun()
                && options.mode() != ImportMode.SYNC
                && task.place().isAlone()) {
            lines.nextIfApart()
                    .ifPresent(batch -> next.begin(task.caller(), batch, () -> writer.writeEarly(task, batch, next)));
        }
    }

    private Uni<Void> grow(List<LineResult> results) {
        return task.options().dryRun()
                ? Uni.createFrom().voidItem()
                : growth.add(results.stream()
                        .filter(result -> result.outcome() != Outcome.ERROR && result.outcome() != Outcome.UNCHANGED)
                        .count());
    }

    private Uni<Void> mark(List<LineResult> results) {
        List<UUID> seen =
                results.stream().map(LineResult::id).filter(Objects::nonNull).toList();
        return task.options().mode() == ImportMode.SYNC && !seen.isEmpty()
                ? leftOut.mark(task.caller().organizationId(), id, seen)
                        .invoke(added -> marked += added)
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Uni<ImportPart> end() {
        read = true;
        if (task.options().mode() != ImportMode.SYNC) {
            return growth.end().replaceWith(ImportPart.last(summary(null, null)));
        }
        return doubt().map(this::keep).orElseGet(this::deactivateFew);
    }

    /** Why somebody may belong to the file who is in none of its lines. */
    private Optional<String> doubt() {
        if (counts.isEmpty()) {
            return Optional.of("The file names nobody.");
        }
        if (counts.containsKey(Outcome.ERROR)) {
            return Optional.of("There are errors.");
        }
        if (lines.isCut()) {
            return Optional.of("The file seems to be cut off: its last line has no end.");
        }
        long total = lines.total().orElse(0);
        return total > marked
                ? Optional.of("The file is about " + marked + " of the " + total + " users that it tells of.")
                : Optional.empty();
    }

    /** A file that was cut between two of its lines looks whole, as does one of another department. */
    private Uni<ImportPart> deactivateFew() {
        if (task.options().anyLeftOut()) {
            return deactivate();
        }
        long most = Math.max(marked, FEW);
        return leftOut.areMoreThan(task.caller(), id, began, most)
                .chain(more -> more
                        ? keep("The file is about " + marked + " users, and more than " + most
                                + " are in none of its lines: left_out=any deactivates them.")
                        : deactivate());
    }

    private Uni<ImportPart> deactivate() {
        if (!found.isEmpty()) {
            return deactivateSome();
        }
        return leftOut.find(task.caller(), id, began, lastLeftOut, marked)
                .invoke(next -> found = next)
                .chain(next -> next.isEmpty() ? forget(summary(null, null)) : deactivateSome())
                .onFailure(LeftOut.MarksLost.class)
                .recoverWithUni(lost -> keep(MARKS_LOST));
    }

    // One by one, of which a client hears before it takes the connection for lost
    private Uni<ImportPart> deactivateSome() {
        List<LeftOut.Person> some = found.subList(0, Math.min(found.size(), Part.SIZE));
        found = found.subList(some.size(), found.size());
        lastLeftOut = some.get(some.size() - 1).id();
        return UnitOfWork.carriedOut(single.deactivate(task, some)).map(results -> {
            count(results);
            return answer(results);
        });
    }

    private Uni<ImportPart> keep(String why) {
        return forget(summary(why, null));
    }

    private Uni<ImportPart> forget(ImportSummary summary) {
        return leftOut.forget(task.caller().organizationId(), id)
                .chain(growth::end)
                .replaceWith(ImportPart.last(summary));
    }

    private void count(List<LineResult> results) {
        results.forEach(result -> counts.merge(result.outcome(), 1L, Long::sum));
    }

    private ImportSummary summary(String kept, Throwable stopped) {
        return new ImportSummary(Map.copyOf(counts), nextLine, kept, stopped);
    }
}
