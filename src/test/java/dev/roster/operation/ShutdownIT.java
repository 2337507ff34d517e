package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that goes as in the manifests, under load, while another one takes over: first it gets
 * no new connections, then it is told to end. Clients keep their connections, and send nothing
 * twice.
 */
@Beside
class ShutdownIT {
    private static final int READERS = 2;
    private static final int WRITERS = 2;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private final CountDownLatch loaded = new CountDownLatch(READERS + WRITERS);
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicBoolean takenOut = new AtomicBoolean();
    private final AtomicInteger afterwards = new AtomicInteger();
    private final AtomicInteger closing = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();

    @Test
    void whenReplicaEndsUnderLoadThenNoRequestIsLost() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                Replica ending = Replica.start(database.url(), folder, "roster.shutdown.delay=15S");
                Replica staying = Replica.start(database.url(), folder)) {
            String token = ending.adminToken();
            ExecutorService clients = Executors.newFixedThreadPool(READERS + WRITERS);
            List<Future<Void>> loads = new ArrayList<>();
            for (int i = 0; i < READERS + WRITERS; i++) {
                Request request = i < READERS ? read(token) : write(token);
                loads.add(clients.submit(() -> load(ending, staying, request)));
            }
            boolean kept = loaded.await(SOON.toSeconds(), TimeUnit.SECONDS);
            takenOut.set(true);
            Thread.sleep(1_000); // of preStop, in which nobody is told
            ending.terminate();
            ending.probe().await("ready", "Graceful Shutdown");
            boolean ended = ending.hasEnded(SOON);
            Thread.sleep(500); // of load afterwards
            going.set(false);
            clients.shutdown();
            for (Future<Void> load : loads) {
                load.get();
            }
            assertTrue(kept && ended, "connected " + kept + ", ended " + ended);
            assertTrue(afterwards.get() > 0, "kept connections were of no use any more");
            assertEquals(READERS + WRITERS, closing.get(), "connections closed by an answer");
            assertEquals((long) written.get(), database.value("SELECT count(*) FROM groups WHERE name LIKE 'load-%'"));
            assertTrue(staying.isReady());
        }
    }

    /** Sends requests in turn to both; any that is lost or refused ends the test. */
    private Void load(Replica ending, Replica staying, Request request) throws Exception {
        KeepAliveClient client = new KeepAliveClient(
                List.of(ending.port(), staying.port()), port -> port == staying.port() || !takenOut.get());
        for (int sent = 1; going.get(); sent++) {
            boolean wasTakenOut = takenOut.get();
            KeepAliveClient.Answer answer = request.send(client);
            if (wasTakenOut && answer.port() == ending.port()) {
                afterwards.incrementAndGet();
            }
            if (answer.closes()) {
                closing.incrementAndGet();
            }
            if (sent == 20) {
                loaded.countDown();
            }
            Thread.sleep(5); // so that there are moments without a request in flight
        }
        return null;
    }

    private static Request read(String token) {
        return client -> {
            KeepAliveClient.Answer answer = client.get("/api/v1/users/me", token);
            assertEquals(200, answer.status());
            return answer;
        };
    }

    private Request write(String token) {
        return client -> {
            String group = "{\"name\": \"load-" + written.incrementAndGet() + "\"}";
            KeepAliveClient.Answer answer = client.post("/api/v1/groups", token, group);
            assertEquals(201, answer.status());
            return answer;
        };
    }

    private interface Request {
        KeepAliveClient.Answer send(KeepAliveClient client) throws IOException;
    }
}
