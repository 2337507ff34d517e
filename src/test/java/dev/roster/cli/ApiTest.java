package dev.roster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.testing.Beside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command does with a service that falls silent. */
@Beside
class ApiTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"})
    void whenAServiceFallsSilentThenTheCommandEnds(String begun) throws IOException {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Api api = new Api("http://localhost:" + service.getLocalPort(), 300)) {
            CompletableFuture<Socket> answering = CompletableFuture.supplyAsync(() -> answer(service, begun));
            CallFailed failure = assertThrows(CallFailed.class, () -> api.get("/api/v1/users"));
            assertEquals("http://localhost:" + service.getLocalPort() + " does not answer.", failure.getMessage());
            answering.join().close();
        }
    }

    private static Socket answer(ServerSocket service, String begun) {
        try {
            Socket asked = service.accept();
            asked.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));
            return asked;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
