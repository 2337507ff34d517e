package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReplayTest {
    private final Replay replay = new Replay();

    @Test
    void whenWhatWasReceivedAtTheFirstLookIsReplayedThenDoneHoweverMuchComes() {
        assertFalse(replay.isDone(200L, 100, false, true));
        assertFalse(replay.isDone(300L, 199, false, true));
        assertTrue(replay.isDone(400L, 200, false, true));
    }

    @Test
    void whenAllIsReplayedThenDoneAtOnce() {
        assertTrue(replay.isDone(200L, 200, true, false));
    }

    @Test
    void whenTheLogEndsWithinARecordThenDoneOnceTheReplayStands() {
        assertFalse(replay.isDone(200L, 150, false, false));
        assertFalse(replay.isDone(200L, 190, false, false));
        assertTrue(replay.isDone(200L, 190, false, false));
    }

    @Test
    void whenARestartedStandbyDoesNotKnowWhatItReceivedThenDoneOnceTheReplayStands() {
        assertFalse(replay.isDone(null, 150, false, false));
        assertFalse(replay.isDone(null, 190, false, false));
        assertTrue(replay.isDone(null, 190, false, false));
    }

    @Test
    void whenTheReplayIsHeldOrMoreComesThenStandingIsNotDone() {
        assertFalse(replay.isDone(200L, 150, true, false));
        assertFalse(replay.isDone(200L, 150, true, false));
        assertFalse(replay.isDone(200L, 150, false, true));
        assertTrue(replay.isDone(200L, 150, false, false));
    }
}
