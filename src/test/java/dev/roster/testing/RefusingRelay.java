package dev.roster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.microprofile.config.ConfigProvider;

/** A mail server at the address of {@link MailServerResource} that takes no mail, and says why. */
public final class RefusingRelay implements AutoCloseable {
    private final ServerSocket server;
    private final String greeting;
    private final String refusal;
    private final boolean takesRecipients;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private Thread serving;

    private RefusingRelay(ServerSocket server, String greeting, String refusal, boolean takesRecipients) {
        this.server = server;
        this.greeting = greeting;
        this.refusal = refusal;
        this.takesRecipients = takesRecipients;
    }

    /** One that knows no recipient. */
    public static RefusingRelay start() {
        return start("220 relay", "550 5.1.1 no such mailbox");
    }

    /** One that greets each client (RFC 5321 section 3.1) and answers each recipient so. */
    public static RefusingRelay start(String greeting, String refusal) {
        return start(greeting, refusal, false);
    }

    /** One that takes each recipient, and answers each text so. */
    public static RefusingRelay ofTexts(String refusal) {
        return start("220 relay", refusal, true);
    }

    private static RefusingRelay start(String greeting, String refusal, boolean takesRecipients) {
        int port = ConfigProvider.getConfig().getValue("roster.mail.port", Integer.class);
        try {
            ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            RefusingRelay relay = new RefusingRelay(server, greeting, refusal, takesRecipients);
            relay.serving = beside(relay::serve);
            return relay;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How often it has refused an address; mails of other tests come here too. */
    public long refusals(String address) {
        return refused.stream()
                .filter(command -> command.contains("<" + address + ">"))
                .count();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        serving.join(); // until then the port is taken
    }

    private static Thread beside(Runnable work) {
        Thread thread = new Thread(work, "refusing-relay");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                beside(() -> talk(client));
            } catch (IOException ended) {
                // by the test
            }
        }
    }

    private void talk(Socket socket) {
        try (Socket client = socket) {
            BufferedReader commands =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            answer(client, greeting);
            String command;
            while ((command = commands.readLine()) != null) {
                if (command.startsWith("RCPT")) {
                    refused.add(command);
                    answer(client, takesRecipients ? "250 ok" : refusal);
                } else if (command.startsWith("DATA")) {
                    answer(client, "354 go on");
                    String line = commands.readLine();
                    while (line != null && !line.equals(".")) {
                        line = commands.readLine();
                    }
                    answer(client, refusal);
                } else if (command.startsWith("QUIT")) {
                    // RFC 5321 section 4.1.1.10: the server closes, and the client waits for that
                    answer(client, "221 bye");
                    return;
                } else {
                    answer(client, "250 ok");
                }
            }
        } catch (IOException ended) {
            // by the client
        }
    }

    private static void answer(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
