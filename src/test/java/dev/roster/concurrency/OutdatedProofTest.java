package dev.roster.concurrency;

import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever knows a password that is just being changed makes nothing lasting with it. */
@QuarkusTest
class OutdatedProofTest {
    private static final String OLD = "nine horses on a staple";
    private static final String NEW = "a staple for nine horses";

    private final TestClient bob = TestOrganization.create().add("bob", Role.MEMBER);
    private String token;

    @BeforeEach
    void setPassword() {
        change(bob.token(), Map.of("new_password", OLD)).then().statusCode(200);
        token = bob.token();
    }

    /** The sessions end with the former password, and the request's with them. */
    @Test
    void whenThePasswordChangesWhileASecretIsMadeThenThereIsNone() throws Exception {
        CompletableFuture<Response> changed;
        CompletableFuture<Response> made;
        try (TableLock lock = TableLock.ofRow("users", bob.userId())) {
            changed = later(() -> change(token, Map.of("new_password", NEW, "current_password", OLD)));
            lock.awaitWaiting(1);
            made = later(() -> secret(token, OLD));
            lock.awaitWaiting(2);
        }
        assertEquals(200, changed.join().statusCode(), changed.join().asString());
        assertEquals(401, made.join().statusCode(), made.join().asString());
        assertEquals("invalid_token", made.join().path("code"));
        assertEquals(0L, secrets());
        secret(bob.token(), OLD).then().statusCode(403);
        secret(bob.token(), NEW).then().statusCode(201);
        assertEquals(1L, secrets());
    }

    @Test
    void whenTheLockedAccountHasAnotherPasswordThanWasProvenThenThereIsNone() throws Exception {
        Response made = secretBehind("password_hash = password_hash || '=', version = version + 1");
        assertEquals(409, made.statusCode(), made.asString());
        assertEquals("conflict", made.path("code"));
        assertEquals(0L, secrets());
    }

    /** As a sign-in on another device does, which leaves the version. */
    @Test
    void whenTheProvenPasswordIsHashedAnewThenTheProofHolds() throws Exception {
        Response made = secretBehind("password_hash = password_hash || '='");
        assertEquals(201, made.statusCode(), made.asString());
        assertEquals(1L, secrets());
    }

    /** Asks for a secret, whose proof is right, behind a change of the account that waits to be made. */
    private Response secretBehind(String change) throws Exception {
        CompletableFuture<Void> changed;
        CompletableFuture<Response> made;
        try (TableLock lock = TableLock.ofRow("users", bob.userId())) {
            changed = CompletableFuture.runAsync(
                    () -> Database.execute("UPDATE users SET " + change + " WHERE id = ?", bob.userId()));
            lock.awaitWaiting(1);
            made = later(() -> secret(token, OLD));
            lock.awaitWaiting(2);
        }
        changed.join();
        return made.join();
    }

    private static Response change(String token, Map<String, String> body) {
        return as(token).body(body).put("/api/v1/users/me/password");
    }

    private static Response secret(String token, String password) {
        return as(token)
                .body(Map.of("name", "laptop", "current_password", password))
                .post("/api/v1/users/me/secrets");
    }

    private Object secrets() {
        return Database.value("SELECT count(*) FROM clients WHERE user_id = ? AND name = 'laptop'", bob.userId());
    }

    private static CompletableFuture<Response> later(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(request);
    }
}
