package dev.roster.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes of one row at once, with If-Match and without: none is lost unnoticed. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class SameVersionTest {
    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);
    private String token;

    @BeforeEach
    void signIn() {
        token = admin.token();
    }

    @RepeatedTest(10)
    void whenTwoChangeTheSameVersionOfAUserThenOneIsRefused() {
        TestRows.person(organization, "ann", Role.MEMBER);
        assertOneRefused("/api/v1/users/ann");
    }

    @RepeatedTest(10)
    void whenTwoChangeTheSameVersionOfAGroupThenOneIsRefused() {
        TestRows.group(organization, "staff");
        assertOneRefused("/api/v1/groups/staff");
    }

    @RepeatedTest(5)
    void whenManyChangeDifferentKeysThenAllAreKept() {
        TestRows.person(organization, "ann", Role.MEMBER);
        List<HttpRequest> requests = IntStream.range(0, 10)
                .mapToObj(i ->
                        Http.request(token, "PATCH", "/api/v1/users/ann", "{\"metadata\":{\"key" + i + "\":\"1\"}}"))
                .toList();
        assertEquals(Set.of(200), Set.copyOf(Http.statusesAtOnce(requests)));
        assertEquals(
                10L,
                Database.value(
                        "SELECT count(*) FROM users u, jsonb_object_keys(u.metadata)"
                                + " WHERE organization_id = ? AND username = 'ann'",
                        organization.id()));
    }

    @RepeatedTest(5)
    void whenManyMakeTheFirstChangeOfSettingsThenAllAreKept() {
        List<HttpRequest> requests = IntStream.range(0, 10)
                .mapToObj(
                        i -> Http.request(token, "PATCH", "/api/v1/users/me/settings", "{\"key" + i + "\":" + i + "}"))
                .toList();
        assertEquals(Set.of(200), Set.copyOf(Http.statusesAtOnce(requests)));
        assertEquals(
                10L,
                Database.value(
                        "SELECT count(*) FROM settings s, jsonb_object_keys(s.settings) WHERE user_id = ?",
                        admin.userId()));
    }

    /** Whichever is first: what was read with the group is changed before its end, or not at all. */
    @RepeatedTest(10)
    void whenAUserIsChangedWhileItsGroupIsDeletedThenChangedBeforeOrRefused() {
        UUID ann = TestRows.person(organization, "ann", Role.MEMBER);
        UUID staff = TestRows.group(organization, "staff");
        Database.execute(
                "INSERT INTO memberships (organization_id, group_id, user_id, added_at) VALUES (?, ?, ?, now())",
                organization.id(),
                staff,
                ann);
        String tag = Http.send(Http.request(token, "GET", "/api/v1/users/ann", null))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        List<Integer> statuses = Http.statusesAtOnce(List.of(
                Http.request(token, "PATCH", "/api/v1/users/ann", "{\"display_name\":\"Changed\"}", "If-Match", tag),
                Http.request(token, "DELETE", "/api/v1/groups/staff", null)));
        assertEquals(204, statuses.get(1));
        Object name = Database.value("SELECT display_name FROM users WHERE id = ?", ann);
        assertEquals(statuses.get(0) == 200, name.equals("Changed"), statuses.toString());
        assertTrue(Set.of(200, 412).contains(statuses.get(0)), statuses.toString());
        assertEquals(
                412,
                Http.send(Http.request(
                                token, "PATCH", "/api/v1/users/ann", "{\"display_name\":\"Again\"}", "If-Match", tag))
                        .statusCode());
    }

    private void assertOneRefused(String path) {
        String tag = Http.send(Http.request(token, "GET", path, null))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        List<HttpRequest> requests = List.of("One", "Two").stream()
                .map(name -> Http.request(token, "PATCH", path, "{\"display_name\":\"" + name + "\"}", "If-Match", tag))
                .toList();
        assertEquals(
                List.of(200, 412),
                Http.statusesAtOnce(requests).stream().sorted().toList());
    }
}
