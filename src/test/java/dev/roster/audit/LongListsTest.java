package dev.roster.audit;

import static dev.roster.testing.Bearer.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an event tells of many or long texts: whoever makes a change cannot hide it behind others. */
@QuarkusTest
class LongListsTest {
    private static final String APPLICATIONS = "/api/v1/applications";

    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
    }

    @Test
    void whenAnAddressIsAddedBehindLongOnesThenItIsToldInFull() {
        List<String> addresses = new ArrayList<>(IntStream.range(0, 5)
                .mapToObj(i -> "https://wiki.example.com/" + i + "a".repeat(200))
                .toList());
        String before = String.join(" ", addresses);
        String id = create(addresses);
        addresses.add("https://evil.example.com/callback");
        change(id, addresses);
        JsonObject event = last("application.changed");
        assertEquals(before, event.getJsonObject("before").getString("redirect_uris"));
        assertEquals(
                before + " https://evil.example.com/callback",
                event.getJsonObject("after").getString("redirect_uris"));
    }

    @Test
    void whenTextsDifferOnlyInWhatIsCutOffThenTheyReadDifferently() {
        String begin = "https://wiki.example.com/" + "a".repeat(300);
        String id = create(List.of(begin + "/one"));
        change(id, List.of(begin + "/two"));
        JsonObject event = last("application.changed");
        String before = event.getJsonObject("before").getString("redirect_uris");
        String after = event.getJsonObject("after").getString("redirect_uris");
        assertEquals(begin.substring(0, 300) + "… sha256 ", before.substring(0, before.length() - 8));
        assertEquals(begin.substring(0, 300) + "… sha256 ", after.substring(0, after.length() - 8));
        assertNotEquals(before, after);
    }

    @Test
    void whenAnAccountJoinsManyGroupsThenFiftyAreNamedAndTheOthersCounted() {
        List<String> names = IntStream.range(0, 52)
                .mapToObj(i -> "group-%02d-%s".formatted(i, "a".repeat(50)))
                .toList();
        names.forEach(name -> as(token)
                .body(Map.of("name", name))
                .post("/api/v1/groups")
                .then()
                .statusCode(201));
        as(token).body(Map.of("name", "bob")).post("/api/v1/users").then().statusCode(201);
        as(token)
                .body(Map.of("add_to_groups", names))
                .put("/api/v1/users/bob/groups")
                .then()
                .statusCode(200);
        String told = last("membership.added").getJsonObject("details").getString("groups");
        assertTrue(told.startsWith(String.join(", ", names.subList(0, 50)) + ", … 2 more, sha256 "), told);
    }

    private String create(List<String> addresses) {
        return as(token)
                .body(Map.of("name", "wiki", "redirect_uris", addresses, "scopes", List.of("openid")))
                .post(APPLICATIONS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void change(String id, List<String> addresses) {
        as(token)
                .body(Map.of("redirect_uris", addresses))
                .patch(APPLICATIONS + "/" + id)
                .then()
                .statusCode(200);
    }

    private JsonObject last(String type) {
        return RecordedEvents.of(organization.id()).stream()
                .filter(event -> event.getString("type").equals(type))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
