package dev.roster.api.decube;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Http;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The total stays right when many change it at once. */
@QuarkusTest
@Tag("packaged")
class DecubeCountTest {
    private static final int REQUESTS = 40;
    private static final String USER = "/api/v1/app/user";

    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
    }

    @Test
    void whenManyAreCreatedAtOnceThenAllAreCounted() {
        // every address twice, so that half of the transactions fail
        assertEquals(
                Map.of(201, (long) REQUESTS / 2, 409, (long) REQUESTS / 2),
                send(IntStream.range(0, REQUESTS).mapToObj(i -> create(i / 2))));
        assertEquals(1 + REQUESTS / 2, count());
    }

    @Test
    void whenSomeAreCreatedWhileOthersAreRemovedThenCountIsTheRest() {
        send(IntStream.range(0, REQUESTS / 2).mapToObj(this::create));
        Stream<HttpRequest> removals = IntStream.range(0, REQUESTS / 2)
                .mapToObj(i -> Http.request(token, "DELETE", "/api/v1/users/" + address(i), null));
        Stream<HttpRequest> creations = IntStream.range(REQUESTS / 2, REQUESTS).mapToObj(this::create);
        assertEquals(
                Map.of(201, (long) REQUESTS / 2, 204, (long) REQUESTS / 2), send(Stream.concat(removals, creations)));
        assertEquals(1 + REQUESTS / 2, count());
    }

    private Map<Integer, Long> send(Stream<HttpRequest> requests) {
        return Http.statusesAtOnce(requests.toList()).stream().collect(groupingBy(status -> status, counting()));
    }

    private HttpRequest create(int number) {
        String body = "{\"email\":\"%s\",\"name\":\"U\"}".formatted(address(number));
        return Http.request(token, "POST", USER, body);
    }

    private static String address(int number) {
        return "u" + number + "@example.com";
    }

    /** What the service says, which must be what there is. */
    private int count() {
        List<?> users = given().auth()
                .oauth2(token)
                .get("/api/v1/app/users?page_size=100")
                .path("users");
        int count = given().auth().oauth2(token).get("/api/v1/app/users").path("count");
        assertEquals(users.size(), count);
        return count;
    }
}
