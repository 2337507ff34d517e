package dev.roster.operation;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Sends one request after the other over kept connections, to several servers in turn. As HTTP
 * clients do, it goes to the next server where none listens, and sends again what was sent on a
 * rested connection that the server closed meanwhile (RFC 9112 section 9.3.1); anything else that
 * breaks is a lost request.
 */
final class KeepAliveClient {
    private static final int PATIENCE_MILLISECONDS = 20_000;

    private final List<Integer> ports;
    private final Socket[] kept;
    private int turn;

    KeepAliveClient(List<Integer> ports) {
        this.ports = ports;
        kept = new Socket[ports.size()];
    }

    /** An answer and the port that gave it. */
    record Answer(int port, int status, boolean closes) {}

    /** Sends a GET and returns the answer. */
    Answer get(String path, String token) throws IOException {
        for (int tries = 0; tries < 2 * ports.size(); tries++) {
            int server = turn++ % ports.size();
            boolean rested = kept[server] != null;
            try {
                return ask(server, path, token);
            } catch (ConnectException nobodyListens) {
                kept[server] = null;
            } catch (ClosedBeforeAnswer closed) {
                kept[server] = null;
                if (!rested) {
                    throw closed;
                }
            }
        }
        throw new IOException("no server listens");
    }

    private Answer ask(int server, String path, String token) throws IOException {
        if (kept[server] == null) {
            kept[server] = new Socket(InetAddress.getLoopbackAddress(), ports.get(server));
            kept[server].setSoTimeout(PATIENCE_MILLISECONDS);
        }
        Socket connection = kept[server];
        String head = head(connection, path, token);
        boolean closes = head.contains("\r\nconnection: close");
        connection.getInputStream().readNBytes(length(head));
        if (closes) {
            connection.close();
            kept[server] = null;
        }
        return new Answer(ports.get(server), Integer.parseInt(head.split(" ", 3)[1]), closes);
    }

    private static String head(Socket connection, String path, String token) throws IOException {
        StringBuilder head = new StringBuilder();
        try {
            String request =
                    "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(path, token);
            connection.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = connection.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = answer.read();
                if (next < 0) {
                    throw new IOException("the answer ended in its head");
                }
                head.append((char) next);
            }
            return head.toString().toLowerCase(Locale.ROOT);
        } catch (IOException broken) {
            throw head.isEmpty() ? new ClosedBeforeAnswer(broken) : broken;
        }
    }

    private static int length(String head) {
        int start = head.indexOf("\r\ncontent-length: ") + "\r\ncontent-length: ".length();
        return Integer.parseInt(head.substring(start, head.indexOf("\r\n", start)).strip());
    }

    private static final class ClosedBeforeAnswer extends IOException {
        private static final long serialVersionUID = 1L;

        ClosedBeforeAnswer(IOException cause) {
            super(cause);
        }
    }
}
