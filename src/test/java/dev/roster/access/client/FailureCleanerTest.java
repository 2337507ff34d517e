package dev.roster.access.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.background.Cleaner;
import dev.roster.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which counts of failures are deleted. */
@QuarkusTest
class FailureCleanerTest {
    @Inject
    io.vertx.mutiny.sqlclient.Pool database;

    @Inject
    Clock clock;

    @Test
    void whenWindowEndedThenDeleted() throws Throwable {
        UUID ended = add(-1);
        UUID open = add(60);
        clean(1_000_000);
        Database.awaitReleased("client_failures WHERE subject = sha256(convert_to(?, 'UTF8'))", ended.toString());
        assertEquals(0L, rows(ended));
        assertEquals(1L, rows(open));
    }

    @Test
    void whenTooManyThenThoseThatEndFirstAreDeleted() throws Throwable {
        // In years: no window of another test ends later
        UUID first = add(300_000_000);
        UUID last = add(300_000_002);
        UUID second = add(300_000_001);
        clean(2);
        assertEquals(0L, rows(first));
        assertEquals(1L, rows(second));
        assertEquals(1L, rows(last));
    }

    private void clean(int kept) throws Throwable {
        Cleaner cleaner = FailedAuthentications.ended(database, settings(kept), clock);
        VertxContextSupport.subscribeAndAwait(cleaner::run);
    }

    private static UUID add(int seconds) {
        UUID mark = UUID.randomUUID();
        Database.execute(
                "INSERT INTO client_failures (kind, subject, failures, ends_at)"
                        + " VALUES ('pair', sha256(convert_to(?, 'UTF8')), 1, now() + ? * interval '1 second')",
                mark.toString(),
                seconds);
        return mark;
    }

    private static Object rows(UUID mark) {
        return Database.value(
                "SELECT count(*) FROM client_failures WHERE subject = sha256(convert_to(?, 'UTF8'))", mark.toString());
    }

    private static FailureSettings settings(int kept) {
        return new FailureSettings() {
            @Override
            public Duration window() {
                return Duration.ofMinutes(1);
            }

            @Override
            public int perPair() {
                return 10;
            }

            @Override
            public int perAddress() {
                return 100;
            }

            @Override
            public int perClient() {
                return 300;
            }

            @Override
            public int kept() {
                return kept;
            }
        };
    }
}
