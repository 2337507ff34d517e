package dev.roster.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP client would, and takes the answer as it comes. */
public final class RawHttp {
    private static final int PATIENCE_MILLIS = 60_000;

    private RawHttp() {}

    /** An answer: its head with the status line, and its body. */
    public record Answer(String head, String body) {
        public int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        /** A header by its name; null where it is absent. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Sends a request, each character one byte, and reads until the service hangs up. */
    public static Answer send(String request) {
        return send(request, RawHttp::read);
    }

    /** Sends what may be half a request, and hangs up itself as soon as an answer is there. */
    public static Answer sendPart(String request) {
        return send(request, RawHttp::next);
    }

    private interface Reading {
        Answer of(InputStream input) throws IOException;
    }

    private static Answer send(String request, Reading reading) {
        URI service = URI.create(RestAssured.baseURI);
        try (Socket socket = new Socket(service.getHost(), RestAssured.port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return reading.of(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads one answer, whose length its head tells, of a connection that may go on. */
    public static Answer next(InputStream input) throws IOException {
        Answer answer = new Answer(head(input), "");
        int length = Integer.parseInt(answer.header("content-length"));
        return new Answer(answer.head(), new String(input.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Reads the head of an answer, and nothing behind it. */
    public static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("hung up after: " + head);
            }
            head.append((char) next);
        }
        return head.toString().strip();
    }

    private static Answer read(InputStream input) throws IOException {
        String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? new Answer(text, "") : new Answer(text.substring(0, end), text.substring(end + 4));
    }
}
