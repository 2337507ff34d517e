package dev.roster.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.client.Secret;
import dev.roster.caller.Role;
import dev.roster.testing.Http;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All programs of one client that ask for a token at the same moment. */
@QuarkusTest
@Tag("packaged")
class TokenHerdTest {
    // More than there are connections
    private static final int PROGRAMS = 100;

    // Longer than a request waits for a connection
    private static final long HOLD_NANOS = 2_500_000_000L;

    private final TestClient client = TestOrganization.create().addClientOf(Role.MEMBER, Secret.random());

    @Test
    void whenTheyAreMoreThanThereAreConnectionsThenAllAreGrantedByOneProof() throws Exception {
        CompletableFuture<List<HttpResponse<String>>> answers;
        try (TableLock lock = new TableLock("clients")) {
            answers = ask(client.secret());
            lock.awaitWaiting();
            LockSupport.parkNanos(HOLD_NANOS);
        }
        for (HttpResponse<String> answer : answers.join()) {
            assertEquals(200, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("\"access_token\":\""), answer.body());
        }
        assertEquals(
                PROGRAMS,
                answers.join().stream().map(HttpResponse::body).distinct().count());
    }

    @Test
    void whenTheSecretIsWrongThenAllAreRefused() {
        String wrong = client.secret().substring(0, client.secret().length() - 1) + "-";
        for (HttpResponse<String> answer : ask(wrong).join()) {
            assertTrue(List.of(401, 429).contains(answer.statusCode()), answer.body());
        }
    }

    private CompletableFuture<List<HttpResponse<String>>> ask(String secret) {
        HttpRequest request = Http.grant(client.clientId(), secret);
        return CompletableFuture.supplyAsync(() -> Http.sendAtOnce(Collections.nCopies(PROGRAMS, request)));
    }
}
