package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.RunningReplicas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many connections there may be, and how long they may rest, as an operator has set it. */
@Beside
class ConnectionLimitsIT {
    private static final int MOST = 3;
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final RunningReplicas SERVICE = RunningReplicas.ofOne(
            "quarkus.http.limits.max-connections=" + MOST, "quarkus.http.idle-timeout=" + REST.toSeconds() + "S");

    @Test
    void whenThereAreTooManyConnectionsThenFurtherOnesAreClosedAsTheyCome() throws Exception {
        List<Socket> connections = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            connections.add(answered());
        }
        for (int i = 0; i < MOST; i++) {
            try (Socket further = connect()) {
                assertFalse(isAnswered(further));
            }
        }
        connections.get(0).close();
        connections.set(0, answered());
        for (Socket connection : connections) {
            connection.close();
        }
    }

    @Test
    void whenAConnectionRestsThenItIsClosed() throws Exception {
        long start = System.nanoTime();
        try (Socket connection = answered()) {
            connection.getInputStream().readAllBytes(); // to the end
            Duration rested = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(rested.compareTo(REST.dividedBy(2)) > 0, "closed after " + rested);
        }
    }

    /** A connection that is let in, as soon as the service has noticed the end of those before. */
    private static Socket answered() throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        Socket connection = connect();
        while (!isAnswered(connection)) {
            assertTrue(System.nanoTime() < end, "no connection is let in");
            connection.close();
            Thread.sleep(50);
            connection = connect();
        }
        return connection;
    }

    private static Socket connect() throws IOException {
        Socket connection =
                new Socket(InetAddress.getLoopbackAddress(), SERVICE.one().port());
        connection.setSoTimeout((int) SOON.toMillis());
        return connection;
    }

    private static boolean isAnswered(Socket connection) throws IOException {
        String request = "GET /oauth2/jwks HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try {
            connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return connection.getInputStream().read() == 'H';
        } catch (SocketException closed) {
            return false;
        }
    }
}
