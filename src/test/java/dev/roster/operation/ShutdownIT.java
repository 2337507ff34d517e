package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that is told to end under load, while another one takes over. */
class ShutdownIT {
    private static final int CLIENTS = 4;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path folder;

    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean takenOut = new AtomicBoolean();
    private final AtomicInteger afterwards = new AtomicInteger();
    private final AtomicInteger closing = new AtomicInteger();

    @Test
    void whenReplicaEndsUnderLoadThenNoRequestIsLost() throws Exception {
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"));
                Replica ending = Replica.start(database.url(), folder, "roster.shutdown.delay=3S");
                Replica staying = Replica.start(database.url(), folder)) {
            String token = ending.adminToken();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                loads.add(clients.submit(() -> load(ending, staying, token)));
            }
            Thread.sleep(1_000); // of load before
            told.set(true);
            ending.terminate();
            ending.probe().await("ready", "Graceful Shutdown");
            Thread.sleep(1_000); // until a balancer has noticed
            takenOut.set(true);
            assertTrue(ending.hasEnded(SOON), "still running");
            Thread.sleep(500); // of load afterwards
            going.set(false);
            clients.shutdown();
            for (Future<Integer> load : loads) {
                assertTrue(load.get() > 0);
            }
            assertTrue(afterwards.get() > 0, "the ending replica answered no more");
            assertTrue(closing.get() > 0, "no connection was closed in an answer");
            assertTrue(staying.isReady());
        }
    }

    /** Sends requests in turn to both; any that is lost or refused ends the test. */
    private int load(Replica ending, Replica staying, String token) throws IOException {
        KeepAliveClient client =
                new KeepAliveClient(
                        List.of(ending.port(), staying.port()),
                        port -> port == staying.port() || !takenOut.get());
        int answered = 0;
        while (going.get()) {
            boolean wasTold = told.get();
            KeepAliveClient.Answer answer = client.get("/api/v1/users/me", token);
            assertEquals(200, answer.status());
            answered++;
            if (wasTold && answer.port() == ending.port()) {
                afterwards.incrementAndGet();
                if (answer.closes()) {
                    closing.incrementAndGet();
                }
            }
        }
        return answered;
    }
}
