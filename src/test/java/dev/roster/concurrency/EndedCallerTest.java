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
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that waits for a lock while its caller loses its rights does nothing with it. */
@QuarkusTest
class EndedCallerTest {
    private static final String USERS = "/api/v1/users/";
    private static final String KEYS = "/api/v1/api-keys";

    private final TestOrganization organization = TestOrganization.create();
    private TestClient bob;
    private TestClient carol;
    private String ann;
    private String bobs;

    @BeforeEach
    void signIn() {
        ann = organization.token(Role.ADMIN);
        bob = organization.add("bob", Role.ADMIN);
        carol = organization.add("carol", Role.MEMBER);
        bobs = bob.token();
    }

    /** Who was demoted would make itself an administrator again. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"role":"viewer"}          | {"role":"admin"}          | viewer | active
            {"role":"viewer"}          | {"display_name":"Bob"}    | viewer | active
            {"status":"deactivated"}   | {"status":"active"}       | admin  | deactivated
            """)
    void whenTheOwnAccountIsChangedMeanwhileThenNotChangedBack(String end, String act, String role, String status)
            throws Exception {
        CompletableFuture<Response> ended;
        CompletableFuture<Response> acted;
        try (TableLock lock = TableLock.ofRow("users", bob.userId())) {
            ended = later(() -> as(ann).body(end).patch(USERS + "bob"));
            lock.awaitWaiting(1);
            acted = later(() -> as(bobs).body(act).patch(USERS + "bob"));
            lock.awaitWaiting(2);
        }
        assertEquals(200, ended.join().statusCode());
        assertRefused(acted.join());
        Response bobNow = as(ann).get(USERS + "bob");
        assertEquals(role, bobNow.path("role"));
        assertEquals(status, bobNow.path("status"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PATCH  | /api/v1/users/carol         | {"role":"viewer"}
            PATCH  | /api/v1/users/carol         | {"display_name":"C"}
            DELETE | /api/v1/users/carol         |
            PUT    | /api/v1/users/carol/groups  | {"set_groups":[]}
            POST   | /api/v1/users/carol/secrets | {"name":"laptop"}
            POST   | /api/v1/api-keys            | {"name":"laptop","owner":"carol","scopes":["users:read"]}
            POST   | /api/v1/groups              | {"name":"ops","members":["carol"]}
            """)
    void whenTheCallerEndsWhileItWaitsForAnotherThenNothingIsDone(String method, String path, String body)
            throws Exception {
        Object before = all();
        for (String end : new String[] {"{\"role\":\"member\"}", "{\"status\":\"deactivated\"}"}) {
            CompletableFuture<Response> acted;
            try (TableLock lock = TableLock.ofRow("users", carol.userId())) {
                acted = later(() -> send(bobs, method, path, body));
                lock.awaitWaiting(1);
                assertEquals(200, as(ann).body(end).patch(USERS + "bob").statusCode());
            }
            assertRefused(acted.join());
            assertEquals(before, all());
            as(ann).body("{\"role\":\"admin\",\"status\":\"active\"}").patch(USERS + "bob");
            bobs = bob.token();
        }
    }

    /** The name is taken by what may not be committed. */
    @Test
    void whenTheCallerEndsWhileItsServiceAccountWaitsForTheNameThenThereIsNone() throws Exception {
        CompletableFuture<Response> acted;
        try (TableLock lock = TableLock.renaming(carol.userId(), "bot")) {
            acted = later(
                    () -> as(bobs).body("{\"name\":\"bot\",\"role\":\"admin\"}").post("/api/v1/service-accounts"));
            lock.awaitWaiting(1);
            assertEquals(
                    200,
                    as(ann).body("{\"role\":\"viewer\"}").patch(USERS + "bob").statusCode());
        }
        assertRefused(acted.join());
        assertEquals(404, as(ann).get("/api/v1/service-accounts/bot").statusCode());
    }

    @Test
    void whenTheCallerEndsWhileAnAccountWaitsForItsNewNameThenItIsNotSwitchedOff() throws Exception {
        TestClient dave = organization.add("dave", Role.MEMBER);
        Object before = all();
        CompletableFuture<Response> acted;
        try (TableLock lock = TableLock.renaming(dave.userId(), "bot")) {
            acted = later(() ->
                    as(bobs).body("{\"username\":\"bot\",\"is_active\":false}").patch("/users/" + carol.userId()));
            lock.awaitWaiting(1);
            assertEquals(
                    200,
                    as(ann).body("{\"role\":\"viewer\"}").patch(USERS + "bob").statusCode());
        }
        assertEquals(401, acted.join().statusCode(), acted.join().asString());
        assertEquals(before, all());
    }

    @Test
    void whenTheCallerEndsWhileItsApplicationWaitsThenThereIsNone() throws Exception {
        CompletableFuture<Response> acted;
        try (TableLock lock = TableLock.holding("applications " + organization.id())) {
            acted = later(() -> as(bobs).body(
                            "{\"name\":\"wiki\",\"redirect_uris\":[\"https://wiki.example/cb\"],\"scopes\":[\"openid\"]}")
                    .post("/api/v1/applications"));
            lock.awaitWaiting(1);
            assertEquals(
                    200,
                    as(ann).body("{\"role\":\"viewer\"}").patch(USERS + "bob").statusCode());
        }
        assertRefused(acted.join());
        assertEquals(List.of(), as(ann).get("/api/v1/applications").path("items"));
    }

    @Test
    void whenSignedOutWhileItWaitsThenNothingIsDone() throws Exception {
        CompletableFuture<Response> acted;
        try (TableLock lock = TableLock.ofRow("users", carol.userId())) {
            acted = later(() -> as(bobs).body("{\"role\":\"viewer\"}").patch(USERS + "carol"));
            lock.awaitWaiting(1);
            assertEquals(204, as(ann).delete(USERS + "bob/sessions").statusCode());
        }
        assertRefused(acted.join());
        assertEquals("member", as(ann).get(USERS + "carol").path("role"));
    }

    /** As with a stolen token, whose owner ends all that it may have made. */
    @Test
    void whenAllSessionsEndWhileAKeyIsMadeThenThereIsNone() throws Exception {
        CompletableFuture<Response> ended;
        CompletableFuture<Response> made;
        try (TableLock lock = TableLock.ofRow("users", bob.userId())) {
            ended = later(() -> as(ann).delete(USERS + "bob/sessions"));
            lock.awaitWaiting(1);
            made = later(() -> as(bobs).body("{\"name\":\"mine\",\"scopes\":[\"users:read\"]}")
                    .post(KEYS));
            lock.awaitWaiting(2);
        }
        assertEquals(204, ended.join().statusCode());
        assertRefused(made.join());
        assertEquals(0L, Database.value("SELECT count(*) FROM api_keys WHERE user_id = ?", bob.userId()));
    }

    private Object all() {
        return as(ann).get(USERS + "carol").asString()
                + as(ann).get("/api/v1/groups").asString()
                + Database.value("SELECT count(*) FROM clients WHERE user_id = ?", carol.userId())
                + Database.value("SELECT count(*) FROM api_keys WHERE user_id = ?", carol.userId());
    }

    private static void assertRefused(Response answer) {
        assertEquals(401, answer.statusCode(), answer.asString());
        assertEquals("invalid_token", answer.path("code"));
    }

    private static Response send(String token, String method, String path, String body) {
        RequestSpecification request = as(token);
        return (body == null ? request : request.body(body)).request(method, path);
    }

    private static CompletableFuture<Response> later(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(request);
    }
}
