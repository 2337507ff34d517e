package dev.roster.audit;

import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.caller.Role;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever follows the events misses none, however long the change takes that one is of. */
@QuarkusTest
class FollowedEventsTest {
    private static final String EVENTS = "/api/v1/audit-events?order=oldest&type=user.*";

    @Inject
    TestClock clock;

    private final TestOrganization organization = TestOrganization.create();

    @AfterEach
    void goOn() {
        clock.reset();
    }

    @Test
    void whenAChangeWaitsForLongThenWhatIsLaterIsToldAfterIt() throws Exception {
        String token = organization.token(Role.ADMIN);
        create(token, "ann");
        create(token, "bob");
        clock.advance(Duration.ofMinutes(1));
        CompletableFuture<Response> removal;
        try (TableLock lock = TableLock.ofRows("user_counts", organization.id())) {
            removal = CompletableFuture.supplyAsync(() -> as(token).delete("/api/v1/users/bob"));
            lock.awaitWaiting();
            as(token)
                    .body(Map.of("display_name", "Ann"))
                    .patch("/api/v1/users/ann")
                    .then()
                    .statusCode(200);
            clock.advance(Duration.ofMinutes(1));
            assertFalse(types(token).contains("user.changed"));
        }
        assertEquals(204, removal.join().statusCode());
        clock.advance(Duration.ofMinutes(1));
        // The clock of the database is behind: none of its transactions may be under way
        Eventually.equal(List.of("user.created", "user.created", "user.removed", "user.changed"), () -> types(token));
    }

    private static void create(String token, String name) {
        as(token).body(Map.of("name", name)).post("/api/v1/users").then().statusCode(201);
    }

    private static List<String> types(String token) {
        return as(token).get(EVENTS).then().statusCode(200).extract().path("items.type");
    }
}
