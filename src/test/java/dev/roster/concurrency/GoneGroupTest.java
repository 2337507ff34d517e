package dev.roster.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.Http;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group that is deleted while somebody is put in it is told as one that is not found. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class GoneGroupTest {
    private static final String NAME = "zebra";

    private DatabaseProxy proxy;
    private final TestOrganization organization = TestOrganization.create();
    private String token;
    private UUID person;
    private UUID group;

    @BeforeEach
    void makeRows() {
        token = organization.token(Role.ADMIN);
        person = TestRows.person(organization, "ann", Role.MEMBER);
        group = TestRows.group(organization, NAME);
    }

    @Test
    void whenAMemberIsAddedAgainWhileTheGroupIsDeletedThenNotFound() {
        assertEquals(200, Http.send(joining()).statusCode());
        AtomicInteger deleted = new AtomicInteger();
        proxy.betweenStatements(NAME, () -> deleted.set(Http.send(deletion()).statusCode()));
        assertNotFound(Http.send(joining()));
        assertEquals(204, deleted.get());
    }

    @Test
    void whenAnotherGroupHasTheNameByThenThenNotFoundAndNotInThatOne() throws Exception {
        CompletableFuture<HttpResponse<String>> joined;
        try (TableLock lock = TableLock.ofRow("users", person)) {
            joined = CompletableFuture.supplyAsync(() -> Http.send(joining()));
            lock.awaitWaiting();
            assertEquals(204, Http.send(deletion()).statusCode());
            TestRows.group(organization, NAME);
        }
        assertNotFound(joined.get());
        assertEquals(
                0L, Database.value("SELECT count(*) FROM memberships WHERE organization_id = ?", organization.id()));
    }

    private HttpRequest joining() {
        return Http.request(token, "POST", "/api/v1/users/groups/" + group, "{\"user_id\":\"" + person + "\"}");
    }

    private HttpRequest deletion() {
        return Http.request(token, "DELETE", "/api/v1/groups/" + NAME, null);
    }

    private static void assertNotFound(HttpResponse<String> answer) {
        assertEquals(404, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("group_not_found"), answer.body());
    }
}
