package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import io.vertx.core.impl.VertxThread;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a start waits for, and how long. */
@Beside
class DatabaseWaitTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void whenSomethingIsBrokenThenNotWaitedFor() {
        Error broken = new NoClassDefFoundError("dev/roster/Missing");
        assertSame(broken, assertThrows(Error.class, () -> failing(broken).await(LONG)));
        RuntimeException wrong = new IllegalArgumentException("wrong");
        assertSame(
                wrong, assertThrows(RuntimeException.class, () -> failing(wrong).await(LONG)));
        Exception checked = new InstantiationException("none");
        assertSame(
                checked,
                assertThrows(IllegalStateException.class, () -> failing(checked).await(LONG))
                        .getCause());
        assertEquals(3, attempts.get());
    }

    @Test
    void whenTheDatabaseIsAwayThenWaitedForUntilItAnswers() throws SQLException {
        assertEquals("here", new DatabaseWait<>(answersAtAttempt(2)).await(LONG));
        assertEquals(2, attempts.get());
    }

    /** Also that of the pool, with which the first rows are made. */
    @Test
    void whenThereIsNoRoomForAConnectionThenWaitedFor() {
        PgException full = new PgException("sorry, too many clients already", "FATAL", "53300", "");
        assertSame(
                full,
                assertThrows(SQLException.class, () -> new DatabaseWait<>(
                                        () -> {
                                            attempts.incrementAndGet();
                                            throw full;
                                        },
                                        2)
                                .await(Duration.ZERO))
                        .getCause());
        assertEquals(2, attempts.get());
    }

    @Test
    void whenThereIsNoPatienceThenAsManyAttemptsAsItTakes() throws SQLException {
        assertThrows(SQLException.class, () -> new DatabaseWait<>(answersAtAttempt(2)).await(Duration.ZERO));
        assertEquals(1, attempts.getAndSet(0));
        assertEquals("here", new DatabaseWait<>(answersAtAttempt(3), 3).await(Duration.ZERO));
        assertEquals(3, attempts.getAndSet(0));
        assertThrows(SQLException.class, () -> new DatabaseWait<>(answersAtAttempt(3), 2).await(Duration.ZERO));
        assertEquals(2, attempts.get());
    }

    @Test
    void whenItWasLostThenAskedAgainAfterAPause() throws SQLException {
        long begin = System.nanoTime();
        assertEquals("here", new DatabaseWait<>(answersAtAttempt(1)).awaitAgain(LONG));
        assertTrue(System.nanoTime() - begin >= Duration.ofSeconds(1).toNanos());
    }

    @Test
    void whenTheWaitIsOverThenTheProcessEndsWithoutIt() throws Exception {
        new DatabaseWait<>(answersAtAttempt(1)).await(LONG);
        assertThrows(SQLException.class, () -> new DatabaseWait<>(answersAtAttempt(3)).await(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> failing(new IllegalArgumentException("wrong"))
                .await(LONG));
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        hooks.setAccessible(true);
        assertEquals(
                List.of(),
                ((Map<?, ?>) hooks.get(null))
                        .keySet().stream()
                                .map(hook -> ((Thread) hook).getName())
                                .filter("end-of-wait"::equals)
                                .toList());
    }

    /** Vert.x warns of its own threads that are busy for long, with a stack each time. */
    @Test
    void itIsAskedOnAThreadThatMayTakeItsTime() throws SQLException {
        AtomicReference<Thread> asking = new AtomicReference<>();
        new DatabaseWait<>(() -> {
                    asking.set(Thread.currentThread());
                    return true;
                })
                .await(LONG);
        assertTrue(asking.get().isDaemon());
        assertFalse(asking.get() instanceof VertxThread);
    }

    private DatabaseWait<String> failing(Throwable failure) {
        return new DatabaseWait<>(() -> {
            attempts.incrementAndGet();
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        });
    }

    private Callable<String> answersAtAttempt(int number) {
        return () -> {
            if (attempts.incrementAndGet() < number) {
                throw new StaleConnectionException(new IOException("reset"));
            }
            return "here";
        };
    }
}
