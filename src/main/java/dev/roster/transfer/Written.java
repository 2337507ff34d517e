package dev.roster.transfer;

import dev.roster.user.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of lines.
 *
 * @param overtaken whose account another transaction made meanwhile
 * @param alone that are to be written by themselves
 * @param later that were not looked at, in their order: the first is about an account of one before
 */
record Written(List<LineResult> results, List<Line> overtaken, List<Alone> alone, List<Line> later) {

    static Written nothing() {
        return new Written(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Whether nothing of the lines is left to be done. */
    boolean isWhole() {
        return overtaken.isEmpty() && alone.isEmpty() && later.isEmpty();
    }

    /** Lines that are refused. */
    static Written refused(List<Line> lines, Throwable refusal) {
        Written refused = nothing();
        lines.forEach(line -> refused.results.add(LineResult.error(line, refusal)));
        return refused;
    }

    /** Also what became of other lines, among which are those that were overtaken here. */
    Written and(Written others) {
        Written both = new Written(new ArrayList<>(results), others.overtaken, new ArrayList<>(alone), others.later);
        both.results.addAll(others.results);
        both.alone.addAll(others.alone);
        return both.andLater(later);
    }

    /** The same, with more lines that were not looked at. */
    Written andLater(List<Line> more) {
        List<Line> all = Stream.concat(later.stream(), more.stream())
                .sorted(Comparator.comparing(Line::number))
                .toList();
        return new Written(results, overtaken, alone, all);
    }

    /**
     * A line that changes what decides about access to an account.
     *
     * @param user the account as it is
     */
    record Alone(Line line, User user) {}
}
