package dev.roster.invite;

import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.revoke;
import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.GroupCounts;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who ends what an account has invited, and who invites or ends one of these, take turns: none waits in a circle. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class InviteLockOrderTest {
    private final TestOrganization organization = TestOrganization.create();
    private final TestClient inviter = organization.add("inviter", Role.ADMIN);
    private final UUID staff = TestRows.group(organization, "staff");
    private final String email = address();
    private String admin;

    @BeforeEach
    void joinStaff() {
        admin = organization.token(Role.ADMIN);
        as(admin)
                .body(Map.of("add_to_groups", List.of("staff")))
                .put("/api/v1/users/inviter/groups")
                .then()
                .statusCode(200);
    }

    @Test
    void whenTheInviterIsDeletedWhileTheAddressIsInvitedIntoItsGroupThenBothHappen() throws Exception {
        String ended = inviteAgainWhile(204, token -> as(token).delete("/api/v1/users/inviter"));
        assertEquals("", ended);
    }

    @Test
    void whenAnImportDemotesTheInviterWhileTheAddressIsInvitedIntoItsGroupThenBothHappen() throws Exception {
        String line = "{\"name\": \"inviter\", \"role\": \"member\", \"groups\": []}";
        String ended = inviteAgainWhile(200, token -> as(token)
                .contentType("application/x-ndjson")
                .body(line.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/users/import"));
        assertEquals("{\"line\":1,\"name\":\"inviter\",\"id\":\"" + inviter.userId() + """
                ","result":"updated"}
                {"result":"done","created":0,"updated":1,"unchanged":0,"deactivated":0,"errors":0,"next_line":2}
                """, ended);
    }

    /** Ends the right of the inviter behind who invites the address again, and answers what that was told. */
    private String inviteAgainWhile(int status, Function<String, Response> end) throws Exception {
        String before = id(invite(inviter.token(), Map.of("email", email, "role", "admin")));
        expire(before);
        CompletableFuture<Response> invited;
        CompletableFuture<Response> ended;
        try (TableLock lock = TableLock.ofRow("groups", staff)) {
            invited = later(() -> inviteIntoStaff(email));
            lock.awaitWaiting(1);
            ended = later(() -> end.apply(admin));
            lock.awaitWaiting(2);
        }
        String after = id(invited.join());
        assertEquals(status, ended.join().statusCode(), ended.join().asString());
        assertEquals("expired", status(before));
        assertEquals("pending", status(after));
        GroupCounts.assertRight(organization);
        return ended.join().asString();
    }

    @Test
    void whenTheInviterIsRenamedAndDeactivatedWhileTheInvitedAccountIsDeletedThenBothHappen() throws Exception {
        Response created = invite(admin, email);
        UUID invite = UUID.fromString(id(created));
        UUID invited = UUID.fromString(created.path("user_id"));
        UUID other = Stream.iterate(1, i -> i + 1)
                .map(i -> TestRows.person(organization, "other-" + i, Role.ADMIN))
                .filter(account -> isCountedWith(account, invited))
                .findFirst()
                .orElseThrow();
        Database.execute("UPDATE invites SET invited_by = ? WHERE id = ?", other, invite);
        CompletableFuture<Response> renamed;
        CompletableFuture<Response> deleted;
        try (TableLock lock = TableLock.ofRow("invites", invite)) {
            renamed = later(() -> as(admin)
                    .body(Map.of("username", "renamed", "is_active", false))
                    .patch("/users/{id}", other));
            lock.awaitWaiting(1);
            deleted = later(() -> as(admin).delete("/api/v1/users/{name}", email));
            lock.awaitWaiting(2);
        }
        assertEquals(200, renamed.join().statusCode(), renamed.join().asString());
        assertEquals("renamed", renamed.join().path("username"));
        assertEquals(204, deleted.join().statusCode(), deleted.join().asString());
        assertEquals("revoked", status(invite.toString()));
    }

    /** Whether both are counted in the same row, see UserCounts. */
    private static boolean isCountedWith(UUID one, UUID other) {
        return ((one.getLeastSignificantBits() ^ other.getLeastSignificantBits()) & 31) == 0;
    }

    @Test
    void whenTheInviterIsDemotedWhileOneInviteIsRevokedAndAnotherReplacedThenAllHappens() throws Exception {
        String token = inviter.token();
        String replaced = id(invite(token, Map.of("email", email, "role", "admin")));
        Map<String, ?> intoStaff = Map.of("email", address(), "role", "admin", "groups", List.of("staff"));
        String unwanted = id(invite(token, intoStaff));
        expire(replaced);
        CompletableFuture<Response> invited;
        CompletableFuture<Response> revoked;
        CompletableFuture<Response> demoted;
        try (TableLock lock = TableLock.ofRow("groups", staff)) {
            invited = later(() -> inviteIntoStaff(email));
            lock.awaitWaiting(1);
            revoked = later(() -> revoke(admin, unwanted));
            lock.awaitWaiting(2);
            demoted = later(() -> as(admin).body(Map.of("role", "member")).patch("/api/v1/users/inviter"));
            lock.awaitWaiting(3);
        }
        String after = id(invited.join());
        assertEquals(204, revoked.join().statusCode(), revoked.join().asString());
        assertEquals(200, demoted.join().statusCode(), demoted.join().asString());
        assertEquals("member", demoted.join().path("role"));
        assertEquals(
                List.of("expired", "revoked", "pending"), List.of(status(replaced), status(unwanted), status(after)));
        GroupCounts.assertRight(organization);
    }

    private Response inviteIntoStaff(String address) {
        return invite(admin, Map.of("email", address, "role", "member", "groups", List.of("staff")));
    }

    private static void expire(String invite) {
        Database.execute(
                "UPDATE invites SET expires_at = now() - interval '1 minute' WHERE id = ?", UUID.fromString(invite));
    }

    private static Object status(String invite) {
        return Database.value("SELECT status FROM invites WHERE id = ?", UUID.fromString(invite));
    }

    private static CompletableFuture<Response> later(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(request);
    }
}
