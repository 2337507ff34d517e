package dev.roster.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepsTest {
    // A call within a call for each would need hundreds of megabytes of stack
    private static final int MANY = 200_000;

    private final List<String> done = new ArrayList<>();

    @Test
    void whenAStepIsDoneVeryOftenThenNoneStandsOnTheOneBefore() {
        AtomicInteger count = new AtomicInteger();
        Steps.whilst(() -> Uni.createFrom().item(() -> count.incrementAndGet() < MANY))
                .await()
                .indefinitely();
        assertEquals(MANY, count.get());
    }

    @Test
    void whenThereAreVeryManyStepsThenNoneStandsOnTheOneBefore() {
        AtomicInteger count = new AtomicInteger();
        List<Integer> many = Collections.nCopies(MANY, 1);
        Steps.each(many, one -> Uni.createFrom().item(() -> count.addAndGet(one)))
                .await()
                .indefinitely();
        Steps.eachOnItsOwn(many, one -> Uni.createFrom().item(() -> count.addAndGet(one)))
                .await()
                .indefinitely();
        assertEquals(2 * MANY, count.get());
    }

    @Test
    void whenNothingIsThereThenNothingIsDone() {
        Steps.each(List.<String>of(), this::step).await().indefinitely();
        Steps.eachOnItsOwn(List.<String>of(), this::step).await().indefinitely();
        assertEquals(List.of(), done);
    }

    @Test
    void whenAStepFailsThenTheNextAreNotDone() {
        Uni<Void> steps = Steps.each(List.of("one", "bad", "two"), this::step);
        assertEquals(List.of(), done);
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> steps.await().indefinitely());
        assertEquals("bad", failure.getMessage());
        assertEquals(List.of("one"), done);
    }

    @Test
    void whenStepsStandOnTheirOwnThenAllAreDoneAndWhatFailedIsTold() {
        Uni<Void> one = Steps.eachOnItsOwn(List.of("bad", "one", "two"), this::step);
        assertEquals(
                "bad",
                assertThrows(IllegalStateException.class, () -> one.await().indefinitely())
                        .getMessage());
        assertEquals(List.of("one", "two"), done);
        Uni<Void> several = Steps.eachOnItsOwn(List.of("worse", "three", "bad"), this::step);
        CompositeException failures =
                assertThrows(CompositeException.class, () -> several.await().indefinitely());
        assertEquals(2, failures.getCauses().size());
        assertInstanceOf(IllegalStateException.class, failures.getCauses().get(0));
        assertEquals(List.of("one", "two", "three"), done);
    }

    @Test
    void whenAStepThatIsDoneAgainFailsThenItEnds() {
        AtomicInteger count = new AtomicInteger();
        Uni<Void> steps = Steps.whilst(() -> count.incrementAndGet() < 3
                ? Uni.createFrom().item(true)
                : Uni.createFrom().failure(refused()));
        assertThrows(IllegalStateException.class, () -> steps.await().indefinitely());
        assertEquals(3, count.get());
    }

    // Fails when it is called, or later
    private Uni<Boolean> step(String name) {
        if (name.equals("worse")) {
            throw refused();
        }
        return name.equals("bad")
                ? Uni.createFrom().failure(refused())
                : Uni.createFrom().item(() -> done.add(name));
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("bad");
    }
}
