package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.FreePort;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.MailServer;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay that takes connections and says nothing, as one that hangs. */
@Beside
class SilentRelayIT {
    // Connections of the mailer
    private static final int AT_ONCE = 10;

    @TempDir
    static Path folder;

    private final int port = FreePort.next();
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : taken) {
            socket.close();
        }
    }

    @Test
    void whenItHasBeenSilentThenEachMailStillComesOnce() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                Replica replica = Replica.start(
                        database.url(),
                        folder,
                        "roster.mail.host=127.0.0.1",
                        "roster.mail.port=" + port,
                        "roster.mail.from=roster@example.org",
                        "roster.mail.start-tls=DISABLED",
                        "roster.outbox.poll=0.2S",
                        "roster.outbox.first-wait=1S")) {
            String token = replica.adminToken();
            List<String> addresses = Stream.generate(() -> UUID.randomUUID() + "@example.org")
                    .limit(AT_ONCE + 2)
                    .toList();
            try (ServerSocket silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                Thread taker = new Thread(() -> take(silent), "silent-relay");
                taker.setDaemon(true);
                taker.start();
                for (String address : addresses) {
                    String invite = "{\"email\": \"" + address + "\", \"role\": \"viewer\"}";
                    assertEquals(
                            201, replica.post("/api/v1/invites", token, invite).statusCode());
                }
                // Each of its connections, and one that begins when they are given up
                Eventually.holds(() -> taken.size() > AT_ONCE);
            }
            try (MailServer relay = MailServer.start(port)) {
                addresses.forEach(address -> relay.awaitMails(address, 1));
                Eventually.equal(0L, () -> database.value("SELECT count(*) FROM outbox WHERE sent_at IS NULL"));
                for (String address : addresses) {
                    assertEquals(1, relay.mails(address).size(), address);
                }
            }
        }
    }

    private void take(ServerSocket silent) {
        try {
            while (!silent.isClosed()) {
                taken.add(silent.accept());
            }
        } catch (IOException ended) {
            // by the test
        }
    }
}
