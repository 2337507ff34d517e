package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do after a batch was read, and before one of its lines that decides about access is written by itself. */
@QuarkusTest
class LinesOneByOneTest {
    private static final String LINE_BEFORE = "{'name':'ann','role':'viewer'}";

    private final TestOrganization organization = TestOrganization.create();
    private final UUID ann = TestRows.person(organization, "ann", Role.MEMBER);
    private final UUID bob = TestRows.person(organization, "bob", Role.MEMBER);

    @Test
    void whenAPersonSignsUpThenNoLineMakesItWaitForThatAgain() throws Exception {
        Database.execute("UPDATE users SET status = 'pending_sign_up' WHERE id = ?", bob);
        importing(
                        organization.token(Role.ADMIN),
                        "{'name':'bob','role':'viewer','status':'pending_sign_up'}",
                        () -> Database.execute("UPDATE users SET status = 'active' WHERE id = ?", bob))
                .assertLines(
                        "{'line':1,'name':'ann','id':'<id>','result':'updated'}",
                        "{'line':2,'name':'bob','result':'error','error':{'code':'invalid_request','detail':'<text>',"
                                + "'fields':[{'field':'status','rule':'must be one of active, deactivated'}]}}",
                        "{'result':'done','created':0,'updated':1,'unchanged':0,'deactivated':0,'errors':1,'next_line':3}");
        assertEquals("active", Database.value("SELECT status FROM users WHERE id = ?", bob));
    }

    @Test
    void whenAPersonIsTakenOutOfAGroupThenATokenThatMovesNobodyDoesNotPutItBack() throws Exception {
        String admin = organization.token(Role.ADMIN);
        TestRows.group(organization, "vpn");
        move(admin, Map.of("set_groups", List.of("vpn")));
        String importer = organization.token(Role.ADMIN, "users:read", "users:write", "groups:read", "self:write");
        importing(
                        importer,
                        "{'name':'bob','role':'viewer','groups':['vpn']}",
                        () -> move(admin, Map.of("remove_from_groups", List.of("vpn"))))
                .assertSummary("{'result':'done','created':0,'updated':2,'unchanged':0,'deactivated':0,'errors':0,"
                        + "'next_line':3}");
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM memberships WHERE organization_id = ? AND user_id = ?",
                        organization.id(),
                        bob));
    }

    /** Nothing was left to do for the sync, and so it did nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenOthersHaveSwitchedAnAccountOffOrRemovedItThenASyncDoesNotSayItDid(boolean removed) throws Exception {
        String admin = organization.token(Role.ADMIN);
        boolean annIsFirst = ann.toString().compareTo(bob.toString()) < 0;
        String other = annIsFirst ? "bob" : "ann";
        importing(
                        annIsFirst ? ann : bob,
                        () -> new ImportClient(admin).send("?mode=sync", "{'name':'new'}"),
                        () -> end(admin, other, removed))
                .assertLines(
                        "{'line':1,'name':'new','id':'<id>','result':'created'}",
                        "{'name':'" + (annIsFirst ? "ann" : "bob") + "','id':'<id>','result':'deactivated'}",
                        "{'result':'done','created':1,'updated':0,'unchanged':0,'deactivated':1,'errors':0,'next_line':2,"
                                + "'left_out':'deactivated'}");
    }

    private static void end(String admin, String name, boolean removed) {
        RequestSpecification request = given().header("Authorization", "Bearer " + admin);
        Response answer = removed
                ? request.delete("/api/v1/users/" + name)
                : request.contentType("application/json")
                        .body(Map.of("status", "deactivated"))
                        .patch("/api/v1/users/" + name);
        assertEquals(removed ? 204 : 200, answer.statusCode(), answer.asString());
    }

    /** Does something while the line before waits. */
    private ImportClient.Answer importing(String token, String line, Runnable meanwhile) throws Exception {
        return importing(ann, () -> new ImportClient(token).send("", LINE_BEFORE, line), meanwhile);
    }

    /** Does something while the change of the first account waits. */
    private ImportClient.Answer importing(UUID first, Supplier<ImportClient.Answer> run, Runnable meanwhile)
            throws Exception {
        try (TableLock lock = TableLock.holding("inviter " + organization.id() + " " + first)) {
            CompletableFuture<ImportClient.Answer> importing = CompletableFuture.supplyAsync(run);
            lock.awaitWaiting();
            meanwhile.run();
            lock.commit();
            return importing.get(60, TimeUnit.SECONDS);
        }
    }

    private static void move(String admin, Map<String, List<String>> groups) {
        given().header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body(groups)
                .put("/api/v1/users/bob/groups")
                .then()
                .statusCode(200);
    }
}
