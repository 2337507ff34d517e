package dev.roster.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.http.UntakenAnswers.Answer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is ended where answers wait for too many clients. */
class UntakenAnswersTest {
    private static final int ANSWER = 1024 * 1024;

    // Each answer counts with what follows it: there is room for three
    private final AtomicLong now = new AtomicLong();
    private final UntakenAnswers answers = new UntakenAnswers(7L * ANSWER, now::get);

    private final EmbeddedChannel[] clients =
            Stream.generate(EmbeddedChannel::new).limit(11).toArray(EmbeddedChannel[]::new);

    @Test
    void whenThereIsNoRoomThenWhoIsBehindForLongestIsEnded() {
        behind(0, 1, 2);
        later(6);
        behind(3);
        assertOpen(1, 2, 3);
        assertFalse(clients[0].isOpen());
    }

    @Test
    void whenAClientHasTakenItsAnswerThenItIsNotBehind() {
        behind(0, 1, 2);
        later(6);
        clients[0].flush();
        answers.look(clients[0]);
        behind(3);
        assertOpen(0, 1, 2, 3);
        // With the next piece of its list it is the last one
        behind(0);
        assertFalse(clients[1].isOpen());
        assertOpen(0, 2, 3);
    }

    @Test
    void whenAllAreBehindForAMomentThenNobodyIsEndedUpToThreeTimesAsMuch() {
        behind(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertOpen(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        behind(10);
        assertFalse(clients[0].isOpen());
        assertOpen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void whenTwiceAsMuchWaitsThenASecondIsEnough() {
        behind(0, 1, 2, 3, 4, 5, 6);
        later(1);
        assertOpen(0, 1, 2, 3, 4, 5, 6);
        behind(7);
        assertFalse(clients[0].isOpen());
        assertOpen(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void whenAConnectionIsOverThenNothingIsHeldForIt() {
        behind(0, 1);
        assertTrue(answers.held() > 4 * ANSWER - 200_000);
        answers.forget(clients[0]);
        assertTrue(clients[1].close().isDone());
        answers.look(clients[1]);
        assertEquals(0, answers.held());
    }

    @Test
    void whenAnAnswerIsSmallThenItDoesNotCount() {
        var unused = clients[0].write(Unpooled.wrappedBuffer(new byte[1_000]));
        answers.look(clients[0]);
        assertEquals(0, answers.held());
    }

    @Test
    void whenStreamsAreBehindForLongThenTheirConnectionIsEndedAsAWhole() {
        assertTrue(answers.admit(stream(0, 1), 3 * ANSWER));
        assertTrue(answers.admit(stream(1, 1), ANSWER));
        assertTrue(answers.admit(stream(0, 3), 3 * ANSWER));
        later(6);
        assertTrue(answers.admit(stream(2, 1), ANSWER));
        assertFalse(clients[0].isOpen());
        assertOpen(1, 2);
        assertEquals(2 * ANSWER, answers.held());
        answers.release(stream(0, 1));
        assertEquals(2 * ANSWER, answers.held());
        answers.release(stream(1, 1));
        answers.release(stream(2, 1));
        assertEquals(0, answers.held());
    }

    @Test
    void whenThereIsNoRoomForAMomentThenAnAnswerIsRefusedAndNobodyIsEnded() {
        for (int client = 0; client < 7; client++) {
            assertTrue(answers.admit(stream(client, 1), 2 * ANSWER));
        }
        assertFalse(answers.admit(stream(7, 1), 13 * ANSWER));
        assertOpen(0, 1, 2, 3, 4, 5, 6, 7);
        // A client that the processor has no time for is as slow
        later(4);
        assertFalse(answers.admit(stream(7, 1), ANSWER));
        assertOpen(0, 1, 2, 3, 4, 5, 6, 7);
        later(1);
        assertFalse(answers.admit(stream(7, 1), 15 * ANSWER), "it has no room whoever is ended");
        assertOpen(0, 1, 2, 3, 4, 5, 6, 7);
        assertTrue(answers.admit(stream(7, 1), ANSWER));
        for (int client = 0; client < 4; client++) {
            assertFalse(clients[client].isOpen(), "client " + client);
        }
        assertOpen(4, 5, 6, 7);
    }

    @Test
    void whenAnswersThatMayBeRefusedTakeAllTheirRoomThenListsGoOn() {
        assertTrue(answers.admit(stream(0, 1), 14 * ANSWER));
        behind(1, 2, 3);
        assertOpen(0, 1, 2, 3);
        answers.follow(stream(4, 1), 4 * ANSWER);
        assertFalse(clients[0].isOpen());
        assertOpen(1, 2, 3, 4);
    }

    @Test
    void whenAListGoesOnThenItsLastPieceCountsAndIsNotBehind() {
        answers.follow(stream(0, 1), 5 * ANSWER);
        answers.follow(stream(1, 1), 5 * ANSWER);
        later(6);
        answers.follow(stream(0, 1), ANSWER);
        assertOpen(0, 1);
        assertEquals(6 * ANSWER, answers.held());
        answers.follow(stream(0, 1), 3 * ANSWER);
        assertFalse(clients[1].isOpen());
        assertOpen(0);
        answers.release(stream(0, 1));
        assertEquals(0, answers.held());
    }

    @Test
    void whenAChangeIsToldThenItCountsAndIsNotRefused() {
        answers.count(stream(0, 1), 13 * ANSWER);
        assertFalse(answers.admit(stream(1, 1), 9 * ANSWER));
        answers.count(stream(1, 1), 9 * ANSWER);
        assertEquals(9 * ANSWER, answers.held());
        assertFalse(clients[0].isOpen());
        assertOpen(1);
        // One that has many of them ends nobody but itself
        answers.count(stream(2, 1), ANSWER);
        answers.count(stream(1, 3), 12 * ANSWER);
        assertFalse(clients[1].isOpen());
        assertOpen(2);
    }

    @Test
    void whenAnAdmittedAnswerIsSentThenItCountsOnce() {
        assertTrue(answers.admit(stream(0, 1), ANSWER));
        answers.count(stream(0, 1), ANSWER);
        assertEquals(ANSWER, answers.held());
    }

    @Test
    void whenAnAnswerIsHandedToItsConnectionThenItCountsOnceUntilItIsTaken() {
        Answer answer = stream(0, Answer.NO_STREAM);
        assertTrue(answers.admit(answer, 2 * ANSWER));
        var unused = clients[0].write(Unpooled.wrappedBuffer(new byte[ANSWER]));
        answers.look(clients[0]);
        assertEquals(2 * ANSWER, answers.held());
        answers.handOver(answer);
        assertTrue(answers.held() > 2 * ANSWER - 100_000);
        clients[0].flush();
        answers.look(clients[0]);
        assertEquals(0, answers.held());
        assertTrue(answers.admit(answer, ANSWER));
        answers.forget(clients[0]);
        assertEquals(0, answers.held());
    }

    private Answer stream(int client, int stream) {
        return new Answer(clients[client], stream);
    }

    private void behind(int... which) {
        for (int client : which) {
            var unused = clients[client].write(Unpooled.wrappedBuffer(new byte[ANSWER]));
            answers.look(clients[client]);
            now.incrementAndGet();
        }
    }

    private void later(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void assertOpen(int... which) {
        for (int client : which) {
            assertTrue(clients[client].isOpen(), "client " + client);
        }
    }
}
