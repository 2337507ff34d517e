package dev.roster.transfer;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An import over a connection of its own, whose lines come when the test says. */
final class ImportConnection implements AutoCloseable {
    private final Socket socket;
    private final OutputStream output;
    private final BufferedReader input;

    ImportConnection(int port, String token) throws IOException {
        this(port, token, "");
    }

    ImportConnection(int port, String token, String query) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(300_000); // a long file may have its first result at its end
        output = socket.getOutputStream();
        input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        write("POST " + ImportClient.PATH + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** Imports of one line each, of one person {@code o0} to {@code o2}, who take all but one of the places of an organization. */
    static List<ImportConnection> others(String token) throws IOException {
        List<ImportConnection> others = new ArrayList<>();
        for (int n = 0; n < ImportPlaces.MOST_OF_ONE - 1; n++) {
            ImportConnection other = new ImportConnection(RestAssured.port, token);
            others.add(other);
            other.send(n, n, "{\"name\":\"o%d\"}");
            other.end();
        }
        return others;
    }

    void send(int from, int to) throws IOException {
        send(from, to, "{\"name\":\"u%d\"}");
    }

    /** Sends a line for each of these numbers. */
    void send(int from, int to, String line) throws IOException {
        StringBuilder lines = new StringBuilder();
        IntStream.rangeClosed(from, to)
                .forEach(n -> lines.append(line.formatted(n)).append('\n'));
        write(Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n");
    }

    void end() throws IOException {
        write("0\r\n\r\n");
    }

    /** The next result, without the framing of the answer; null where the connection has ended. */
    String result() throws IOException {
        String line = input.readLine();
        while (line != null && !line.startsWith("{")) {
            line = input.readLine();
        }
        return line;
    }

    /** Reads an empty line, a chunk of one byte; false where something else comes, or the connection has ended. */
    boolean readSignOfLife() throws IOException {
        String line = input.readLine();
        while (line != null && !line.equals("1") && !line.startsWith("{")) {
            line = input.readLine();
        }
        return "1".equals(line);
    }

    /** The next result; null where the connection has ended or was cut. */
    String rest() {
        try {
            return result();
        } catch (SocketException cut) {
            return null;
        } catch (IOException silent) {
            throw new UncheckedIOException(silent);
        }
    }

    void write(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
