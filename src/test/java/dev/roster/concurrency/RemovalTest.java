package dev.roster.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that are removed at once do not wait for each other. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class RemovalTest {
    private static final int ROWS = 20;

    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
    }

    @RepeatedTest(5)
    void whenManyUsersAreRemovedThenAllAreGone() {
        IntStream.range(0, ROWS).forEach(i -> TestRows.person(organization, "user" + i, Role.MEMBER));
        assertAllGo("/api/v1/users/user");
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM users WHERE organization_id = ? AND username LIKE 'user%'",
                        organization.id()));
    }

    @RepeatedTest(5)
    void whenManyGroupsAreRemovedThenAllAreGone() {
        IntStream.range(0, ROWS).forEach(i -> TestRows.group(organization, "group" + i));
        assertAllGo("/api/v1/groups/group");
        assertEquals(0L, Database.value("SELECT count(*) FROM groups WHERE organization_id = ?", organization.id()));
    }

    private void assertAllGo(String path) {
        List<HttpRequest> requests = IntStream.range(0, ROWS)
                .mapToObj(i -> Http.request(token, "DELETE", path + i, null))
                .toList();
        assertEquals(Set.of(204), Set.copyOf(Http.statusesAtOnce(requests)));
    }
}
