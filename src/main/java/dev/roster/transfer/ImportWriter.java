package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.transfer.ImportBatch.Alone;
import dev.roster.transfer.ImportBatch.Written;
import dev.roster.transfer.LineResult.Outcome;
import dev.roster.user.ImportedUsers;
import dev.roster.user.User;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes the lines of a batch in one transaction, and those that change access in one each. Whatever becomes of one
 * line, the others are written: a batch that fails is tried again, and in halves, until the line is found.
 */
@ApplicationScoped
class ImportWriter {
    // Those that were in the way are over by then, or many come one after the other
    private static final int TRIES = 4;

    private final ImportBatch batch;
    private final ImportedUsers users;
    private final Memberships memberships;

    ImportWriter(ImportBatch batch, ImportedUsers users, Memberships memberships) {
        this.batch = batch;
        this.users = users;
        this.memberships = memberships;
    }

    /** Ends the transaction of a dry run, so that nothing of it stays. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undone() {
            super("undone", null, false, false);
        }
    }

    /** What became of the lines, in their order; fails where it is not for them. */
    Uni<List<LineResult>> write(Caller caller, ImportOptions options, List<Line> lines) {
        List<Line> sound = lines.stream().filter(line -> line.refusal() == null).toList();
        Stream<LineResult> refused = lines.stream()
                .filter(line -> line.refusal() != null)
                .map(line -> LineResult.error(line, line.refusal()));
        return attempt(caller, options, sound, 1).map(results -> Stream.concat(refused, results.stream())
                .sorted(Comparator.comparing(LineResult::line))
                .toList());
    }

    private Uni<List<LineResult>> attempt(Caller caller, ImportOptions options, List<Line> lines, int tries) {
        if (lines.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return transaction(options, () -> batch.write(caller, options, lines))
                .onItemOrFailure()
                .transformToUni((written, failure) -> failure == null
                        ? finish(caller, options, written, tries)
                        : again(caller, options, lines, tries, failure));
    }

    private <T> Uni<T> transaction(ImportOptions options, Supplier<Uni<T>> work) {
        AtomicReference<T> done = new AtomicReference<>();
        return UnitOfWork.transaction(() -> work.get().invoke(done::set).call(() -> undo(options)))
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

    private Uni<List<LineResult>> again(
            Caller caller, ImportOptions options, List<Line> lines, int tries, Throwable failure) {
        FailureKind kind = FailureKind.of(failure);
        if (kind == FailureKind.OF_THE_SERVICE) {
            return Uni.createFrom().failure(failure);
        }
        // What a line was refused for may be what another transaction has just written: seen now, it is said properly
        if (tries < (kind == FailureKind.PASSING ? TRIES : 2)) {
            return attempt(caller, options, lines, tries + 1);
        }
        if (lines.size() == 1) {
            return Uni.createFrom().item(List.of(LineResult.error(lines.get(0), failure)));
        }
        int half = lines.size() / 2;
        return attempt(caller, options, lines.subList(0, half), tries)
                .chain(first -> attempt(caller, options, lines.subList(half, lines.size()), tries)
                        .map(second -> concat(first, second)));
    }

    private Uni<List<LineResult>> finish(Caller caller, ImportOptions options, Written written, int tries) {
        Uni<List<LineResult>> overtaken = tries < TRIES
                ? attempt(caller, options, written.overtaken(), tries + 1)
                : Uni.createFrom()
                        .item(written.overtaken().stream()
                                .map(line -> LineResult.error(line, RosterException.of(ErrorCode.CONFLICT)))
                                .toList());
        return overtaken.map(results -> concat(written.results(), results)).chain(results -> each(
                        written.alone(), one -> alone(caller, options, one, 1))
                .map(others -> concat(results, others)));
    }

    private Uni<LineResult> alone(Caller caller, ImportOptions options, Alone one, int tries) {
        Line line = one.line();
        return transaction(options, () -> users.changeAlone(caller, one.id(), line.user())
                        .call(user -> setGroups(user, line)))
                .map(user -> new LineResult(line.number(), user.username, user.id, Outcome.UPDATED, null))
                .onFailure(failure -> FailureKind.of(failure) == FailureKind.PASSING && tries < TRIES)
                .recoverWithUni(() -> alone(caller, options, one, tries + 1))
                .onFailure(failure -> FailureKind.of(failure) != FailureKind.OF_THE_SERVICE)
                .recoverWithItem(failure -> LineResult.error(line, failure));
    }

    private Uni<Void> setGroups(User user, Line line) {
        return line.user().groups() == null
                ? Uni.createFrom().voidItem()
                : memberships.set(user, line.user().groups());
    }

    /** Switches accounts off that are in no line; what became of each. */
    Uni<List<LineResult>> deactivate(Caller caller, ImportOptions options, List<LeftOut.Account> accounts) {
        return each(accounts, account -> deactivate(caller, options, account));
    }

    private Uni<LineResult> deactivate(Caller caller, ImportOptions options, LeftOut.Account account) {
        UUID id = account.id();
        return transaction(options, () -> users.deactivate(caller, id))
                .map(user -> new LineResult(null, user.username, id, Outcome.DEACTIVATED, null))
                .onFailure(failure -> FailureKind.of(failure) != FailureKind.OF_THE_SERVICE)
                .recoverWithItem(failure -> new LineResult(null, account.username(), id, Outcome.ERROR, failure));
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
