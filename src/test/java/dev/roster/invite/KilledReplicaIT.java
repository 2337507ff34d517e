package dev.roster.invite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.FreePort;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.MailServer;
import dev.roster.testing.Replica;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that is on its way in a process that is killed. */
@Beside
class KilledReplicaIT {
    private static final String EMAIL = "ada@example.org";

    @TempDir
    Path folder;

    @Test
    void whenKilledWhileSendingThenAnotherReplicaSends() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"))) {
            int port = killWhileSending(database);
            assertNull(database.value("SELECT sent_at FROM outbox"));
            try (MailServer server = MailServer.start(port);
                    Replica other = start(database, port)) {
                server.awaitMails(EMAIL, 1);
                Eventually.holds(() -> database.value("SELECT sent_at FROM outbox") != null);
                assertEquals(1, server.mails(EMAIL).size());
                assertEquals(2, database.value("SELECT attempts FROM outbox"));
            }
        }
    }

    /** The port of a mail server that takes connections and says nothing. */
    private int killWhileSending(KillableDatabase database) throws Exception {
        try (ServerSocket silent = new ServerSocket(FreePort.next(), 10, InetAddress.getLoopbackAddress());
                Replica replica = start(database, silent.getLocalPort())) {
            silent.setSoTimeout(60_000);
            replica.send(
                    "POST",
                    "/api/v1/invites",
                    replica.adminToken(),
                    "{\"email\": \"" + EMAIL + "\", \"role\": \"member\"}");
            try (Socket sending = silent.accept()) {
                assertTrue(sending.isConnected());
                assertEquals(1, database.value("SELECT attempts FROM outbox"));
                replica.kill();
                // Its lease is over: it must be longer than a test can wait for
                database.execute("UPDATE outbox SET next_attempt_at = now()");
                return silent.getLocalPort();
            }
        }
    }

    private Replica start(KillableDatabase database, int mailPort) throws Exception {
        return Replica.start(
                database.url(),
                folder,
                "roster.mail.host=127.0.0.1",
                "roster.mail.port=" + mailPort,
                "roster.mail.from=roster@example.org",
                "roster.mail.start-tls=DISABLED",
                "roster.outbox.poll=0.5S");
    }
}
