package dev.roster.concurrency;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Http;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many create the same name at once: one wins, and nothing half-written is left. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class SameNameTest {
    private static final int REQUESTS = 50;

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenFiftyCreateOneUserThenOneIsCreated() {
        assertOneCreated("/api/v1/users", i -> i % 2 == 0 ? "Ann.Lee" : "ann.lee");
        assertEquals(1L, count("users WHERE username_key = 'ann.lee' AND organization_id = ?"));
    }

    @Test
    void whenFiftyCreateOneGroupThenOneIsCreated() {
        assertOneCreated("/api/v1/groups", i -> "staff");
        assertEquals(1L, count("groups WHERE organization_id = ?"));
    }

    @Test
    void whenFiftyCreateOneServiceAccountThenOneIsCreatedWithOneCredential() {
        assertOneCreated("/api/v1/service-accounts", i -> "robot");
        assertEquals(1L, count("users WHERE kind = 'service' AND organization_id = ?"));
        assertEquals(1L, count("clients WHERE name = 'robot' AND organization_id = ?"));
    }

    private void assertOneCreated(String path, IntFunction<String> name) {
        String token = organization.token(Role.ADMIN);
        List<HttpRequest> requests = IntStream.range(0, REQUESTS)
                .mapToObj(i -> Http.request(token, "POST", path, "{\"name\":\"" + name.apply(i) + "\"}"))
                .toList();
        Map<Integer, Long> statuses =
                Http.statusesAtOnce(requests).stream().collect(groupingBy(status -> status, counting()));
        assertEquals(Map.of(201, 1L, 409, REQUESTS - 1L), statuses);
    }

    private Object count(String rows) {
        return Database.value("SELECT count(*) FROM " + rows, organization.id());
    }
}
