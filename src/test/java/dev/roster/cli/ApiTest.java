package dev.roster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.testing.Beside;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command does with a service that falls silent. */
@Beside
class ApiTest {
    private static final String TYPE = "application/x-ndjson";
    private static final String EXPORT =
            "HTTP/1.1 200 OK\r\nContent-Type: " + TYPE + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String LINE = "3\r\n{}\n\r\n";
    private static final int SILENT = 6000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"})
    void whenAServiceFallsSilentThenTheCommandEnds(String begun) throws IOException {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Api api = new Api("http://localhost:" + service.getLocalPort(), 300, 60_000)) {
            CompletableFuture<Socket> answering = CompletableFuture.supplyAsync(() -> answer(service, begun));
            CallFailed failure = assertThrows(CallFailed.class, () -> api.get("/api/v1/users"));
            assertEquals("http://localhost:" + service.getLocalPort() + " does not answer.", failure.getMessage());
            answering.join().close();
        }
    }

    /** Whether it has begun to answer or not, and whether it takes what is sent. */
    @ParameterizedTest
    @ValueSource(strings = {"", EXPORT, EXPORT + LINE})
    void whenAServiceFallsSilentThenALongCallEnds(String begun) throws IOException {
        Path file = Files.writeString(folder.resolve("users.ndjson"), "{}\n");
        try (ServerSocket service = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                Api api = new Api("http://localhost:" + service.getLocalPort(), 60_000, 300)) {
            for (Executable call : List.<Executable>of(
                    () -> api.download("/", TYPE, count -> {}, piece -> {}),
                    () -> api.upload("/", Map.of(), file, line -> {}, sent -> {}))) {
                CompletableFuture<Socket> answering = CompletableFuture.supplyAsync(() -> answer(service, begun));
                CallFailed failure = assertThrows(CallFailed.class, call);
                assertEquals("http://localhost:" + service.getLocalPort() + " does not answer.", failure.getMessage());
                answering.join().close();
            }
        }
    }

    /** For longer than it may say nothing. */
    @Test
    void whenAServiceSaysSomethingNowAndThenThenALongCallGoesOn() throws IOException {
        assertDownloaded(14, 500, piece -> {});
    }

    /** Such as by a pager, whose reader has all the time there is. */
    @Test
    void whenTheCommandIsWaitedForThenTheServiceIsNotSilent() throws Exception {
        assertDownloaded(2, 0, piece -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(7000)));
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Api api = new Api("http://localhost:" + service.getLocalPort(), 60_000, SILENT)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeSlowly(pipe, 7000));
            CompletableFuture<Socket> answering = CompletableFuture.supplyAsync(() -> answer(service, EXPORT + LINE));
            CompletableFuture<Void> end = writing.thenCombine(answering, (written, asked) -> asked)
                    .thenAccept(asked -> write(asked, LINE + "0\r\n\r\n"));
            List<String> lines = new CopyOnWriteArrayList<>();
            api.upload("/", Map.of(), pipe, lines::add, sent -> {});
            end.join();
            assertEquals(List.of("{}", "{}"), lines);
            answering.join().close();
        }
    }

    private static void assertDownloaded(int lines, int pause, Consumer<byte[]> taker) throws IOException {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Api api = new Api("http://localhost:" + service.getLocalPort(), 60_000, SILENT)) {
            CompletableFuture<Socket> answering = CompletableFuture.supplyAsync(() -> {
                Socket asked = answer(service, EXPORT);
                for (int line = 0; line < lines; line++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
                    write(asked, LINE);
                }
                write(asked, "0\r\n\r\n");
                return asked;
            });
            StringBuilder taken = new StringBuilder();
            api.download("/", TYPE, count -> {}, piece -> {
                taker.accept(piece);
                taken.append(new String(piece, StandardCharsets.UTF_8));
            });
            assertEquals("{}\n".repeat(lines), taken.toString());
            answering.join().close();
        }
    }

    /** Two lines, of which the second is late. */
    private static void writeSlowly(Path pipe, int pause) {
        try (OutputStream output = Files.newOutputStream(pipe)) {
            // As much as is sent at once
            output.write(new byte[64 * 1024]);
            output.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            output.write('\n');
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void write(Socket asked, String text) {
        try {
            asked.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Socket answer(ServerSocket service, String begun) {
        try {
            service.setSoTimeout(60_000);
            Socket asked = service.accept();
            // Not before it is asked: the client would hear an answer to nothing
            asked.getInputStream().read();
            write(asked, begun);
            return asked;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
