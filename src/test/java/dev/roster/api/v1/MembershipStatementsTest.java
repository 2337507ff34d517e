package dev.roster.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.GroupCounts;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.WrittenStatements;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many memberships that come and go at once are written by as many statements as one. */
@QuarkusTest
class MembershipStatementsTest {
    private static final int MANY = 300;

    private final TestOrganization organization = TestOrganization.create();
    private final V1 admin = V1.admin(organization);

    @BeforeEach
    void signIn() {
        admin.token(); // its session is not counted
    }

    @Test
    void whenAnAccountJoinsAndLeavesManyGroupsThenNoMoreStatements() {
        addGroups();
        assertSame(() -> change("one", "add_to_groups", 0, 1), () -> change("many", "add_to_groups", 0, MANY));
        assertEquals(MANY, memberships());
        assertSame(() -> change("one", "set_groups", 1, 2), () -> change("many", "set_groups", MANY - 1, MANY));
        assertSame(
                () -> change("one", "remove_from_groups", 1, 2),
                () -> change("many", "remove_from_groups", MANY - 1, MANY));
        assertEquals(0, memberships());
        GroupCounts.assertRight(organization);
    }

    @Test
    void whenAnAccountOfManyGroupsIsRemovedThenNoMoreStatements() {
        addGroups();
        change("one", "add_to_groups", 0, 1);
        change("many", "add_to_groups", 0, MANY);
        assertSame(() -> admin.delete(V1.USERS + "/one"), () -> admin.delete(V1.USERS + "/many"));
        GroupCounts.assertRight(organization);
    }

    @Test
    void whenAGroupIsMadeOfManyThenNoMoreStatements() {
        for (int n = 0; n < MANY; n++) {
            TestRows.person(organization, "person" + n, Role.MEMBER);
        }
        assertSame(() -> create("few", 1), () -> create("all", MANY));
        assertEquals(MANY, admin.get(V1.GROUPS + "/all").<Integer>path("user_count"));
        GroupCounts.assertRight(organization);
        assertEquals("person0 2, others 1", Database.value("""
                        SELECT 'person0 ' || max(version) FILTER (WHERE username = 'person0') || ', others '
                               || string_agg(DISTINCT version::text, ' ') FILTER (WHERE username <> 'person0')
                          FROM users WHERE organization_id = ? AND username LIKE 'person%'
                        """, organization.id()));
    }

    private void addGroups() {
        TestRows.person(organization, "one", Role.MEMBER);
        TestRows.person(organization, "many", Role.MEMBER);
        for (int n = 0; n < MANY; n++) {
            TestRows.group(organization, "group" + n);
        }
    }

    private void assertSame(Supplier<Response> few, Supplier<Response> many) {
        long written = written(few);
        assertNotEquals(0, written);
        assertEquals(written, written(many));
    }

    private long written(Supplier<Response> work) {
        return WrittenStatements.count(
                organization.id(), () -> assertEquals(2, work.get().statusCode() / 100));
    }

    private Response change(String user, String how, int first, int end) {
        String body = "{'" + how + "': [" + names("group", first, end) + "]}";
        return admin.put(V1.USERS + "/" + user + "/groups", body);
    }

    private Response create(String name, int members) {
        return admin.post(V1.GROUPS, "{'name': '" + name + "', 'members': [" + names("person", 0, members) + "]}");
    }

    private static String names(String prefix, int first, int end) {
        return IntStream.range(first, end).mapToObj(n -> "'" + prefix + n + "'").collect(Collectors.joining(","));
    }

    private int memberships() {
        return admin.get(V1.USERS + "/many").<List<Object>>path("groups").size();
    }
}
