package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that has taken the beginning of a good answer, and leaves the rest where it is. */
public final class SlowReader implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream answer;

    /** Asks for a path with a token, and for this type. */
    public SlowReader(String path, String type, String token) throws IOException {
        // So that little of it is on the way
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress("localhost", RestAssured.port));
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: " + type
                + "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        answer = new BufferedInputStream(socket.getInputStream());
        String begun = new String(answer.readNBytes(1_000), StandardCharsets.UTF_8);
        assertTrue(begun.startsWith("HTTP/1.1 200"), begun);
    }

    /** Takes the rest. */
    public String rest() {
        try {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
