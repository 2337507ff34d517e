package dev.roster.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.security.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of all users, sent while it is read. */
@QuarkusTest
class UserListStreamTest {
    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
    }

    @Test
    void whenAllAreAskedForThenEachComesOnceInOrder() throws IOException {
        TestRows.persons(organization, "u", 5_000, 10);
        String body = Http.send(Http.request(token, "GET", "/api/v1/users?sort=name", null)).body();
        JsonNode answer = new ObjectMapper().readTree(body);
        List<String> names =
                StreamSupport.stream(answer.get("items").spliterator(), false)
                        .map(user -> user.get("name").asText())
                        .toList();
        List<String> expected =
                Stream.concat(
                                Stream.of("admin"),
                                IntStream.rangeClosed(1, 5_000)
                                        .mapToObj(number -> String.format("u%05d", number)))
                        .toList();
        assertEquals(expected, names);
    }

    /**
     * What a slow client has not asked for is not read from the database, so it is not in memory
     * either: a change of the last row, made while the client waits, is in the answer.
     */
    @Test
    void whenTheClientWaitsThenSoDoesTheDatabase() throws IOException {
        // 40 MB, several times what the buffers of both sockets hold
        TestRows.persons(organization, "u", 4_000, 10_000);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(16 * 1024);
            socket.connect(new InetSocketAddress("localhost", RestAssured.port));
            String request =
                    "GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: Bearer "
                            + token
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = new BufferedInputStream(socket.getInputStream());
            String start = new String(answer.readNBytes(1_000), StandardCharsets.UTF_8);
            assertTrue(start.startsWith("HTTP/1.1 200"), start);
            awaitQuietDatabase();
            Database.execute(
                    "UPDATE users SET display_name = 'Changed meanwhile'"
                            + " WHERE organization_id = ? AND username = 'u04000'",
                    organization.id());
            String all = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(all.contains("Changed meanwhile"));
            assertTrue(all.contains("]}"));
        }
    }

    private static void awaitQuietDatabase() {
        boolean quiet = false;
        while (!quiet) {
            quiet =
                    (Boolean)
                            Database.value(
                                    """
                                    SELECT coalesce(bool_and(state = 'idle'
                                                             AND state_change < clock_timestamp() - interval '1 second'),
                                                    true)
                                      FROM pg_sleep(0.1), pg_stat_activity
                                     WHERE datname = current_database() AND query LIKE '%FROM users u%'
                                       AND pid <> pg_backend_pid()
                                    """);
        }
    }
}
