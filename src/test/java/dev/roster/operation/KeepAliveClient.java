package dev.roster.operation;

import dev.roster.testing.RawHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Sends one request after the other over kept connections, to several servers in turn, and none of
 * them twice. It goes to the next server where none listens, and leaves a connection that an answer
 * closes; anything that breaks is a lost request.
 */
final class KeepAliveClient {
    private static final int PATIENCE_MILLISECONDS = 20_000;

    private final List<Integer> ports;
    private final IntPredicate open;
    private final Socket[] kept;
    private int turn;

    /**
     * A client of several servers.
     *
     * @param open whether a server still gets new connections, as a balancer would know
     */
    KeepAliveClient(List<Integer> ports, IntPredicate open) {
        this.ports = ports;
        this.open = open;
        kept = new Socket[ports.size()];
    }

    /** An answer and the port that gave it. */
    record Answer(int port, int status, boolean closes) {}

    /** Sends a GET and returns the answer. */
    Answer get(String path, String token) throws IOException {
        return send("GET " + path, token, "");
    }

    /** Sends a POST and returns the answer. */
    Answer post(String path, String token, String json) throws IOException {
        return send("POST " + path, token, json);
    }

    private Answer send(String request, String token, String json) throws IOException {
        for (int tries = 0; tries < ports.size(); tries++) {
            int server = turn++ % ports.size();
            if (isConnected(server)) {
                return ask(server, request, token, json);
            }
        }
        throw new IOException("no server listens");
    }

    private boolean isConnected(int server) throws IOException {
        if (kept[server] == null && open.test(ports.get(server))) {
            try {
                kept[server] = new Socket(InetAddress.getLoopbackAddress(), ports.get(server));
                kept[server].setSoTimeout(PATIENCE_MILLISECONDS);
            } catch (ConnectException nobodyListens) {
                return false;
            }
        }
        return kept[server] != null;
    }

    private Answer ask(int server, String request, String token, String json) throws IOException {
        Socket connection = kept[server];
        connection.getOutputStream().write(bytes(request, token, json));
        RawHttp.Answer answer = RawHttp.next(connection.getInputStream());
        boolean closes = "close".equals(answer.header("connection"));
        if (closes) {
            connection.close();
            kept[server] = null;
        }
        return new Answer(ports.get(server), answer.status(), closes);
    }

    private static byte[] bytes(String request, String token, String json) {
        return """
               %s HTTP/1.1
               Host: localhost
               Authorization: Bearer %s
               Content-Type: application/json
               Content-Length: %d

               %s\
               """.formatted(request, token, json.length(), json)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
