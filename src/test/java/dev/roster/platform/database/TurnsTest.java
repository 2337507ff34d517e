package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets the next connection, and that nobody is counted for ever. */
class TurnsTest {
    private final Turns turns = new Turns(2, 2);
    private final List<String> order = new ArrayList<>();

    @Test
    void asManyAsThereAreAtOnceAndTheOthersInTheirOrder() {
        Turns.Turn first = ask("first");
        Turns.Turn second = ask("second");
        Turns.Turn third = ask("third");
        ask("fourth");
        assertCounts(2, 2);
        second.end();
        first.end();
        assertEquals(List.of("first", "second", "third", "fourth"), order);
        assertCounts(2, 0);
        third.end();
        assertCounts(1, 0);
    }

    @Test
    void whoeverComesToAFullQueueIsRefusedAtOnceAndNotCounted() {
        for (int i = 0; i < 4; i++) {
            ask("in time");
        }
        Promise<Void> late = Promise.promise();
        turns.ask(null, late).end();
        assertTrue(late.future().cause() instanceof NoConnectionException);
        assertCounts(2, 2);
    }

    @Test
    void whoeverGivesUpIsPassedOver() {
        Turns.Turn first = ask("first");
        ask("second");
        Turns.Turn impatient = ask("impatient");
        ask("patient");
        impatient.end();
        assertCounts(2, 1);
        first.end();
        assertEquals(List.of("first", "second", "patient"), order);
    }

    @Test
    void whoeverWasHeldBackComesAlthoughTheOneBeforeItGaveUp() {
        Turns four = new Turns(4, 8);
        List<Turns.Turn> busy = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            busy.add(four.ask("busy", Promise.promise()));
        }
        Turns.Turn other = four.ask("other", Promise.promise());
        List<Turns.Turn> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(four.ask("busy", Promise.promise()));
        }
        Promise<Void> last = Promise.promise();
        four.ask("busy", last);
        for (int i = 0; i < 3; i++) {
            four.ask("third", Promise.promise());
        }
        // Those who come next wait behind the third owner's, and give up there
        busy.forEach(Turns.Turn::end);
        held.forEach(Turns.Turn::end);
        other.end();
        assertTrue(last.future().isComplete());
    }

    @Test
    void aTurnIsGivenBackOnce() {
        Turns.Turn first = ask("first");
        ask("second");
        first.end();
        first.end();
        assertCounts(1, 0);
    }

    @Test
    void aTurnThatComesWhenItsOwnerHasGivenUpCanBeGivenBack() {
        Turns.Turn first = ask("first");
        ask("second");
        Promise<Void> granted = Promise.promise();
        Turns.Turn gone = turns.ask(null, granted);
        assertTrue(granted.tryFail("given up"));
        first.end();
        assertCounts(2, 0);
        gone.end();
        assertCounts(1, 0);
        assertFalse(granted.future().succeeded());
    }

    @Test
    void aQuarterIsKeptFromAnySingleOwner() {
        Turns shared = new Turns(4, 8);
        List<Turns.Turn> greedy = new ArrayList<>();
        List<Promise<Void>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Promise<Void> granted = Promise.promise();
            greedy.add(shared.ask("greedy", granted));
            answers.add(granted);
        }
        assertEquals(
                3,
                answers.stream().filter(answer -> answer.future().succeeded()).count());
        assertEquals(
                1, answers.stream().filter(answer -> answer.future().failed()).count());
        Promise<Void> modest = Promise.promise();
        Turns.Turn other = shared.ask("modest", modest);
        assertTrue(modest.future().succeeded());
        Promise<Void> second = Promise.promise();
        shared.ask("modest", second);
        greedy.get(0).end();
        assertTrue(answers.get(3).future().succeeded() ^ second.future().succeeded());
        other.end();
        assertEquals(4, shared.taken());
        greedy.forEach(Turns.Turn::end);
        assertEquals(1, shared.taken());
        assertEquals(0, shared.waiting());
    }

    private Turns.Turn ask(String who) {
        Promise<Void> granted = Promise.promise();
        Turns.Turn turn = turns.ask(null, granted);
        granted.future().onSuccess(now -> order.add(who));
        return turn;
    }

    private void assertCounts(int taken, int waiting) {
        assertEquals(taken, turns.taken());
        assertEquals(waiting, turns.waiting());
    }
}
