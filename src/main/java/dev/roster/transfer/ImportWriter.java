package dev.roster.transfer;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.transfer.LineResult.Outcome;
import dev.roster.user.Identifiers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the lines of a batch in one transaction, and those that change access in one each. Whatever becomes of one
 * line, the others are written: a batch that fails is tried again, and in halves, until the line is found. Before each
 * transaction it is looked whether the client is still there.
 */
@ApplicationScoped
class ImportWriter {
    private final ImportBatch batch;
    private final SingleWriter single;

    ImportWriter(ImportBatch batch, SingleWriter single) {
        this.batch = batch;
        this.single = single;
    }

    /**
     * What became of the lines, in their order; fails where it is not for them.
     *
     * @param early the attempt at these lines that began while those before were written, if one did: it is the first
     * @param behind the attempt at the lines of the next batch, which may begin while these are written
     */
    Uni<List<LineResult>> write(ImportTask task, List<Line> lines, BatchAhead early, BatchAhead behind) {
        WaitingLines waiting = new WaitingLines(readable(lines));
        Stream<LineResult> refused = lines.stream()
                .filter(line -> line.refusal() != null)
                .map(line -> LineResult.error(line, line.refusal()));
        return Multi.createBy()
                .repeating()
                .uni(() -> next(task, waiting, early, behind))
                .whilst(results -> !waiting.isOver())
                .onItem()
                .<LineResult>disjoint()
                .collect()
                .asList()
                .map(results -> Stream.concat(refused, results.stream())
                        .sorted(Comparator.comparing(LineResult::line))
                        .toList());
    }

    private static List<Line> readable(List<Line> lines) {
        return lines.stream().filter(line -> line.refusal() == null).toList();
    }

    /** The first attempt at lines while those before them are written; what it came to is for {@link #write}. */
    Uni<Written> writeEarly(ImportTask task, List<Line> lines, BatchAhead early) {
        return UnitOfWork.transaction(() -> batch.write(task, readable(lines), Attempt.early(early)));
    }

    private Uni<List<LineResult>> next(ImportTask task, WaitingLines waiting, BatchAhead early, BatchAhead behind) {
        List<Line> some = waiting.next();
        Uni<Written> tried = waiting.isUntried() ? first(task, some, early, behind) : attempt(task, some, 1);
        return tried.chain(written -> oneByOne(task, written)
                .chain(others -> again(task, some, written.results(), others))
                .invoke(done -> waiting.follow(some, written.later())));
    }

    private Uni<Written> first(ImportTask task, List<Line> lines, BatchAhead early, BatchAhead behind) {
        return early.outcome().chain(written -> {
            if (written.isPresent()) {
                return after(task, lines, 1, behind, written.get(), null);
            }
            // It may hold what these lines want once more
            behind.leaveIfBegun();
            return attempt(task, lines, 1, behind);
        });
    }

    private Uni<Written> attempt(ImportTask task, List<Line> lines, int tries) {
        return attempt(task, lines, tries, BatchAhead.none());
    }

    private Uni<Written> attempt(ImportTask task, List<Line> lines, int tries, BatchAhead behind) {
        if (lines.isEmpty()) {
            return Uni.createFrom().item(Written.nothing());
        }
        return ImportTransaction.of(task, () -> batch.write(task, lines, Attempt.atItsTurn(tries > 1, behind)))
                .onItemOrFailure()
                .transformToUni((written, failure) -> after(task, lines, tries, behind, written, failure));
    }

    private Uni<Written> after(
            ImportTask task, List<Line> lines, int tries, BatchAhead behind, Written written, Throwable failure) {
        if (failure != null || !written.isWhole()) {
            behind.leave();
        }
        return failure == null ? overtaken(task, written, tries) : afterFailure(task, lines, tries, failure);
    }

    private Uni<Written> overtaken(ImportTask task, Written written, int tries) {
        Uni<Written> others = tries < ImportTransaction.TRIES
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
        if (kind == FailureKind.PASSING && tries < ImportTransaction.TRIES) {
            // What fails so twice may take too long as a whole
            return ImportTransaction.pause(tries)
                    .chain(() -> tries == 1 ? attempt(task, lines, tries + 1) : halves(task, lines, tries + 1));
        }
        // What a line was refused for may be what another transaction has just written: seen now, it is said properly
        if (kind == FailureKind.OF_A_LINE && tries < 2) {
            return attempt(task, lines, tries + 1);
        }
        if (kind == FailureKind.PASSING && !FailureKind.isOfALine(failure)) {
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
        return single.write(task, HandOver.order(written.alone()));
    }

    private static List<LineResult> concat(List<LineResult> first, List<LineResult> second) {
        List<LineResult> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
