package dev.roster.transfer;

import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.transfer.LineResult.Outcome;
import dev.roster.transfer.Written.Alone;
import dev.roster.user.Identifiers;
import dev.roster.user.ImportedUsers;
import dev.roster.user.User;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the lines of a batch in one transaction, and those that change access in one each. Whatever becomes of one
 * line, the others are written: a batch that fails is tried again, and in halves, until the line is found. Before each
 * transaction it is looked whether the client is still there.
 */
@ApplicationScoped
class ImportWriter {
    // Those that were in the way are over by then, or many come one after the other
    private static final int TRIES = 4;

    // Another server takes over within seconds
    private static final long FIRST_WAIT_MILLISECONDS = 20;
    private static final int WAIT_GROWTH = 10;

    private final ImportBatch batch;
    private final ImportedUsers users;
    private final Memberships memberships;
    private final ImportingCaller standing;

    ImportWriter(ImportBatch batch, ImportedUsers users, Memberships memberships, ImportingCaller standing) {
        this.batch = batch;
        this.users = users;
        this.memberships = memberships;
        this.standing = standing;
    }

    /** Ends the transaction of a dry run, so that nothing of it stays. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undone() {
            super("undone", null, false, false);
        }
    }

    /** What became of the lines, in their order; fails where it is not for them. */
    Uni<List<LineResult>> write(ImportTask task, List<Line> lines) {
        WaitingLines waiting = new WaitingLines(
                lines.stream().filter(line -> line.refusal() == null).toList());
        Stream<LineResult> refused = lines.stream()
                .filter(line -> line.refusal() != null)
                .map(line -> LineResult.error(line, line.refusal()));
        return Multi.createBy()
                .repeating()
                .uni(() -> next(task, waiting))
                .whilst(results -> !waiting.isOver())
                .onItem()
                .<LineResult>disjoint()
                .collect()
                .asList()
                .map(results -> Stream.concat(refused, results.stream())
                        .sorted(Comparator.comparing(LineResult::line))
                        .toList());
    }

    private Uni<List<LineResult>> next(ImportTask task, WaitingLines waiting) {
        List<Line> some = waiting.next();
        return attempt(task, some, 1).chain(written -> oneByOne(task, written)
                .chain(others -> again(task, some, written.results(), others))
                .invoke(done -> waiting.follow(some, written.later())));
    }

    private Uni<Written> attempt(ImportTask task, List<Line> lines, int tries) {
        if (lines.isEmpty()) {
            return Uni.createFrom().item(Written.nothing());
        }
        return transaction(task, () -> batch.write(task, lines))
                .onItemOrFailure()
                .transformToUni((written, failure) ->
                        failure == null ? overtaken(task, written, tries) : afterFailure(task, lines, tries, failure));
    }

    private <T> Uni<T> transaction(ImportTask task, Supplier<Uni<T>> work) {
        AtomicReference<T> done = new AtomicReference<>();
        return UnitOfWork.transaction(() -> {
                    task.place().works();
                    return work.get().invoke(done::set).call(() -> undo(task.options()));
                })
                .onFailure(Undone.class)
                .recoverWithItem(done::get);
    }

    /** Ends a dry run when all that it does was asked of the database. */
    private static Uni<Void> undo(ImportOptions options) {
        return options.dryRun()
                ? Panache.getSession().chain(session -> session.flush()).invoke(() -> {
                    throw new Undone();
                })
                : Uni.createFrom().voidItem();
    }

    private Uni<Written> overtaken(ImportTask task, Written written, int tries) {
        Uni<Written> others = tries < TRIES
                ? attempt(task, written.overtaken(), tries + 1)
                : Uni.createFrom().item(refusedFor(written.overtaken()));
        return others.map(written::and);
    }

    private static Written refusedFor(List<Line> othersInTheWay) {
        return Written.refused(othersInTheWay, RosterException.of(ErrorCode.CONFLICT));
    }

    private Uni<Written> afterFailure(ImportTask task, List<Line> lines, int tries, Throwable failure) {
        FailureKind kind = FailureKind.of(failure);
        if (kind == FailureKind.OF_THE_SERVICE) {
            return Uni.createFrom().failure(failure);
        }
        if (kind == FailureKind.PASSING && tries < TRIES) {
            // What fails so twice may take too long as a whole
            return pause(tries)
                    .chain(() -> tries == 1 ? attempt(task, lines, tries + 1) : halves(task, lines, tries + 1));
        }
        // What a line was refused for may be what another transaction has just written: seen now, it is said properly
        if (kind == FailureKind.OF_A_LINE && tries < 2) {
            return attempt(task, lines, tries + 1);
        }
        if (kind == FailureKind.PASSING && !isOfALine(failure)) {
            return Uni.createFrom().failure(failure);
        }
        if (lines.size() == 1) {
            return Uni.createFrom().item(Written.refused(lines, failure));
        }
        return halves(task, lines, tries);
    }

    private Uni<Written> halves(ImportTask task, List<Line> lines, int tries) {
        int half = lines.size() / 2;
        List<Line> others = lines.subList(half, lines.size());
        return attempt(task, lines.subList(0, half), tries)
                .chain(first -> first.later().isEmpty()
                        ? attempt(task, others, tries).map(first::and)
                        : Uni.createFrom().item(first.andLater(others)));
    }

    /** Creates accounts whose name was another's before lines that were written by themselves gave it away. */
    private Uni<List<LineResult>> again(
            ImportTask task, List<Line> lines, List<LineResult> results, List<LineResult> others) {
        Set<Long> taken = results.stream()
                .filter(result -> result.outcome() == Outcome.ERROR && Identifiers.isTaken(result.refusal()))
                .map(LineResult::line)
                .collect(Collectors.toSet());
        if (taken.isEmpty() || others.stream().noneMatch(result -> result.outcome() == Outcome.UPDATED)) {
            return Uni.createFrom().item(concat(results, others));
        }
        List<Line> stuck =
                lines.stream().filter(line -> taken.contains(line.number())).toList();
        List<LineResult> done = concat(
                results.stream()
                        .filter(result -> !taken.contains(result.line()))
                        .toList(),
                others);
        return attempt(task, stuck, 1)
                .map(written -> written.and(refusedFor(written.later())))
                .chain(written -> oneByOne(task, written).map(more -> concat(concat(done, written.results()), more)));
    }

    private Uni<List<LineResult>> oneByOne(ImportTask task, Written written) {
        return each(HandOver.order(written.alone()), one -> alone(task, one));
    }

    private Uni<LineResult> alone(ImportTask task, Alone one) {
        Line line = one.line();
        return single(task, 1, () -> users.changeAlone(task.caller(), one.user().id, line.user())
                        .call(user -> setGroups(user, line)))
                .map(user -> new LineResult(line.number(), user.username, user.id, Outcome.UPDATED, null))
                .onFailure(ImportWriter::isOfALine)
                .recoverWithItem(failure -> LineResult.error(line, failure));
    }

    private Uni<Void> setGroups(User user, Line line) {
        return line.user().groups() == null
                ? Uni.createFrom().voidItem()
                : memberships.set(user, line.user().groups());
    }

    /** Switches accounts off that are in no line; what became of each. */
    Uni<List<LineResult>> deactivate(ImportTask task, List<LeftOut.Person> accounts) {
        return each(accounts, account -> deactivate(task, account));
    }

    private Uni<LineResult> deactivate(ImportTask task, LeftOut.Person account) {
        UUID id = account.id();
        return single(task, 1, () -> users.deactivate(task.caller(), id))
                .map(user -> new LineResult(null, user.username, id, Outcome.DEACTIVATED, null))
                .onFailure(ImportWriter::isOfALine)
                .recoverWithItem(failure -> new LineResult(null, account.username(), id, Outcome.ERROR, failure));
    }

    /** Changes one account in a transaction, whose caller may still do so. */
    private <T> Uni<T> single(ImportTask task, int tries, Supplier<Uni<T>> change) {
        return transaction(task, () -> standing.require(task.caller()).chain(() -> change.get()))
                .onFailure(failure -> FailureKind.of(failure) == FailureKind.PASSING && tries < TRIES)
                .recoverWithUni(() -> pause(tries).chain(() -> this.<T>single(task, tries + 1, change)));
    }

    private static boolean isOfALine(Throwable failure) {
        return FailureKind.of(failure) == FailureKind.OF_A_LINE || FailureKind.isOvertaken(failure);
    }

    /** On the event loop of the import, which is not blocked. */
    private static Uni<Void> pause(int tries) {
        long milliseconds = (long) (FIRST_WAIT_MILLISECONDS * Math.pow(WAIT_GROWTH, tries - 1));
        Context context = Vertx.currentContext();
        return Uni.createFrom().emitter(emitter -> context.owner()
                .setTimer(milliseconds, over -> context.runOnContext(now -> emitter.complete(null))));
    }

    private static <T, R> Uni<List<R>> each(List<T> items, Function<T, Uni<R>> step) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .asList();
    }

    private static List<LineResult> concat(List<LineResult> first, List<LineResult> second) {
        List<LineResult> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
