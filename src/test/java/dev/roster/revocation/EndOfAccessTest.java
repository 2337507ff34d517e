package dev.roster.revocation;

import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Access that is ended twice at once is no good behind either answer: whoever comes second finds it ended, perhaps before this
 * replica has heard of it.
 */
@QuarkusTest
class EndOfAccessTest {
    private static final int ROUNDS = 5;
    private static final String USERS = "/api/v1/users/";
    private static final String ORGANIZATIONS = "/api/v1/organizations/";

    private final TestOrganization organization = TestOrganization.create();
    private String admin;

    @BeforeEach
    void signIn() {
        admin = organization.token(Role.ADMIN);
    }

    @Test
    void whenARoleIsTakenTwice() throws Exception {
        assertEndedOfMembers(
                List.of(200, 200),
                (member, path) -> () ->
                        as(admin).body("{\"role\":\"viewer\"}").patch(path).statusCode());
    }

    /** By who has read the account before either, so that the second is refused. */
    @Test
    void whenARoleIsTakenTwiceOnACondition() throws Exception {
        assertEndedOfMembers(List.of(200, 412), (member, path) -> {
            String read = as(admin).get(path).header("ETag");
            return () -> as(admin)
                    .header("If-Match", read)
                    .body("{\"role\":\"viewer\"}")
                    .patch(path)
                    .statusCode();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"is_active\": false}",
                "{\"password_expired\": true}",
                "{\"password\": \"correct horse battery staple\"}"
            })
    void whenAnAccountIsSwitchedOffOrItsPasswordChangedTwiceByZenml(String change) throws Exception {
        assertEndedOfMembers(
                List.of(200, 200),
                (member, path) -> () -> as(admin)
                        .body(change)
                        .patch("/users/" + member.userId())
                        .statusCode());
    }

    @Test
    void whenAllSessionsAreEndedTwice() throws Exception {
        assertEndedOfMembers(
                List.of(204, 204),
                (member, path) -> () -> as(admin).delete(path + "/sessions").statusCode());
    }

    @Test
    void whenAPersonSignsOutEverywhereTwice() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TestClient member = organization.add("member" + round, Role.MEMBER);
            String token = member.token();
            assertEnded(
                    token,
                    TableLock.ofRow("users", member.userId()),
                    () -> as(token).delete(USERS + "me/sessions").statusCode(),
                    List.of(204, 204));
        }
    }

    @Test
    void whenASessionIsEndedTwice() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "member" + round;
            TestClient member = organization.add(name, Role.MEMBER);
            String token = member.token();
            UUID session = session(member);
            assertEnded(
                    token,
                    TableLock.ofRow("sessions", session),
                    () -> as(admin)
                            .delete(USERS + name + "/sessions/" + session)
                            .statusCode(),
                    List.of(204, 204));
        }
    }

    @Test
    void whenATokenIsRevokedTwice() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TestClient member = organization.add("member" + round, Role.MEMBER);
            String token = member.token();
            assertEnded(
                    token,
                    TableLock.ofRow("sessions", session(member)),
                    () -> member.authenticated()
                            .formParam("token", token)
                            .post("/oauth2/revoke")
                            .statusCode(),
                    List.of(200, 200));
        }
    }

    @Test
    void whenAnAccountIsRemovedTwice() throws Exception {
        assertEndedOfMembers(
                List.of(204, 404),
                (member, path) -> () -> as(admin).delete(path).statusCode());
    }

    @Test
    void whenASecretIsRevokedTwice() throws Exception {
        assertEndedOfMembers(
                List.of(204, 404),
                (member, path) ->
                        () -> as(admin).delete(path + "/secrets/" + member.id()).statusCode());
    }

    @Test
    void whenAnOrganizationIsSwitchedOffTwice() throws Exception {
        String operator = operator();
        for (int round = 0; round < ROUNDS; round++) {
            TestOrganization ended = TestOrganization.create();
            assertEnded(
                    ended.token(Role.ADMIN),
                    TableLock.ofOrganization(ended.id()),
                    () -> switchOff(operator, ended),
                    List.of(200, 200));
        }
    }

    @Test
    void whenAnOrganizationIsSwitchedOffAndRemoved() throws Exception {
        String operator = operator();
        for (int round = 0; round < ROUNDS; round++) {
            TestOrganization ended = TestOrganization.create();
            String token = ended.token(Role.ADMIN);
            assertEquals(200, status(token));
            CompletableFuture<Integer> off;
            CompletableFuture<Integer> removed;
            try (TableLock lock = TableLock.ofOrganization(ended.id())) {
                off = CompletableFuture.supplyAsync(() -> switchOff(operator, ended));
                lock.awaitWaiting();
                removed = CompletableFuture.supplyAsync(() -> {
                    as(operator).delete(ORGANIZATIONS + ended.name()).then().statusCode(204);
                    return status(token);
                });
                lock.awaitWaiting(2);
            }
            assertEquals(200, off.join());
            assertEquals(401, removed.join());
        }
    }

    private static UUID session(TestClient member) {
        return (UUID) Database.value("SELECT id FROM sessions WHERE user_id = ?", member.userId());
    }

    private static int switchOff(String operator, TestOrganization organization) {
        return as(operator)
                .body("{\"status\":\"deactivated\"}")
                .patch(ORGANIZATIONS + organization.name())
                .statusCode();
    }

    private static String operator() {
        TestClient operator = TestOrganization.create().client(Role.ADMIN);
        operator.becomeSystem();
        return operator.token("system");
    }

    /** Two at once, of a member in each round, whose account they wait for. */
    private void assertEndedOfMembers(List<Integer> answers, BiFunction<TestClient, String, IntSupplier> end)
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TestClient member = organization.add("member" + round, Role.MEMBER);
            assertEnded(
                    member.token(),
                    TableLock.ofRow("users", member.userId()),
                    end.apply(member, USERS + "member" + round),
                    answers);
        }
    }

    /** Two at once, who both wait for what is locked. */
    private static void assertEnded(String token, TableLock held, IntSupplier end, List<Integer> answers)
            throws Exception {
        CompletableFuture<List<Integer>> ended;
        try (TableLock lock = held) {
            assertEquals(200, status(token));
            ended = CompletableFuture.supplyAsync(() -> AtOnce.all(2, i -> {
                int answer = end.getAsInt();
                assertEquals(401, status(token));
                return answer;
            }));
            lock.awaitWaiting(2);
        }
        assertEquals(answers, ended.join().stream().sorted().toList());
    }

    private static int status(String token) {
        return as(token).get(USERS + "me").statusCode();
    }
}
