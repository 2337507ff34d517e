package dev.roster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/** A mail server at the address of {@link MailServerResource} that knows no recipient (550). */
public final class RefusingRelay implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger refusals = new AtomicInteger();

    private RefusingRelay(ServerSocket server) {
        this.server = server;
    }

    public static RefusingRelay start() {
        int port = ConfigProvider.getConfig().getValue("roster.mail.port", Integer.class);
        try {
            RefusingRelay relay = new RefusingRelay(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(relay::serve, "refusing-relay");
            thread.setDaemon(true);
            thread.start();
            return relay;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How many recipients it has refused. */
    public int refusals() {
        return refusals.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                talk(client);
            } catch (IOException ended) {
                // by the client, or by the test
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        answer(client, "220 relay");
        String command;
        while ((command = commands.readLine()) != null) {
            if (command.startsWith("RCPT")) {
                refusals.incrementAndGet();
                answer(client, "550 5.1.1 no such mailbox");
            } else {
                answer(client, command.startsWith("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private static void answer(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
