package dev.roster.architecture;

import static dev.roster.architecture.CitusTables.DISTRIBUTED;
import static dev.roster.architecture.SqlStatements.assertNone;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.architecture.SqlQueries.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The parts of a statement that changes several tables: PostgreSQL shows all of them what was there before, Citus does one
 * after the other and shows each what those before it have done.
 */
class CitusStepsTest {
    // No columns where rows come or go
    private static final Pattern CHANGED =
            Pattern.compile("(?:INSERT INTO|DELETE FROM|UPDATE) (\\w+)(?: (?!SET\\b)\\w+)?"
                    + "(?: SET (.*?)(?= FROM | WHERE | RETURNING |$))?");

    @Test
    void thereAreStatementsOfSeveralParts() {
        assertTrue(SqlStatements.whole().values().stream()
                        .filter(statement -> SqlQueries.steps(statement).size() > 2)
                        .count()
                > 20);
    }

    @Test
    void whenOnePartOfAStatementChangesATableThenNoOtherDependsOnWhatWasThereBefore() {
        assertNone(statement -> {
            List<Step> steps = SqlQueries.steps(statement);
            return IntStream.range(0, steps.size())
                    .mapToObj(i -> afterwards(steps, i))
                    .flatMap(List::stream)
                    .collect(Collectors.joining("; "));
        });
    }

    /** The parts that would see what one of them changes, since Citus does one after the other. */
    private static List<String> afterwards(List<Step> steps, int changing) {
        Matcher change = CHANGED.matcher(steps.get(changing).text());
        if (!change.lookingAt() || !DISTRIBUTED.contains(change.group(1))) {
            return List.of();
        }
        Set<String> columns = change.group(2) == null ? Set.of() : assigned(change.group(2));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean reads = i != changing
                    && step.text().matches(".*(?<!DELETE )\\b(?:FROM|JOIN|USING)\\s+" + change.group(1) + "\\b.*")
                    && (columns.isEmpty()
                            || columns.stream().anyMatch(column -> step.text().matches(".*\\b" + column + "\\b.*")));
            if (reads && lastRead(steps, i) > changing) {
                found.add(step.text());
            }
        }
        return found;
    }

    /** When a part is done: where it stands, or, of one that changes nothing, where the only one that reads it does. */
    private static int lastRead(List<Step> steps, int read) {
        Step step = steps.get(read);
        if (CHANGED.matcher(step.text()).lookingAt()) {
            return read;
        }
        List<Integer> readers = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).text().matches(".*\\b(?:FROM|JOIN|USING) " + step.name() + "\\b.*"))
                .boxed()
                .toList();
        return step.name().isEmpty() || step.isKept() || readers.size() != 1 ? read : readers.get(0);
    }

    private static Set<String> assigned(String assignments) {
        return Pattern.compile("(\\w+) = ")
                .matcher(assignments)
                .results()
                .map(column -> column.group(1))
                .collect(Collectors.toSet());
    }
}
