package dev.roster.user;

import static dev.roster.testing.Bearer.bare;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page that is counted from a known place is the page that is counted from the beginning. */
@QuarkusTest
class PageAnchorsTest {
    private static final int SIZE = 3;

    private final TestOrganization organization = TestOrganization.create();
    private String token;
    private final TreeSet<String> names = new TreeSet<>(List.of("admin"));

    @Inject
    PageAnchors anchors;

    @Inject
    TestClock clock;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void whenAnyCameOrWentBetweenTwoPagesThenBothAreAsTheListIs() {
        for (int i = 0; i < 30; i++) {
            create("p" + i);
        }
        Random random = new Random(7);
        for (int step = 0; step < 150; step++) {
            int kind = random.nextInt(10);
            String name = "p" + random.nextInt(60);
            if (kind == 0 && names.contains(name)) {
                remove(name);
            } else if (kind == 2 && names.contains(name) && !names.contains("r" + name)) {
                rename(name, "r" + name);
            } else if (kind == 1 && !names.contains(name)) {
                create(name);
            }
            assertPage(random.nextInt(names.size() + 2));
        }
    }

    @Test
    void whenOneGoesAndAnotherComesThenThePageMovesThoughTheirNumberIsTheSame() {
        List.of("b", "d", "e", "f", "g", "h").forEach(this::create);
        assertPage(4);
        remove("b");
        create("i");
        assertPage(4);
        assertPage(5);
    }

    @Test
    void whenOneIsRenamedThenThePagesMove() {
        List.of("b", "d", "e", "f", "g", "h").forEach(this::create);
        assertPage(4);
        rename("b", "z");
        assertPage(4);
        rename("h", "0");
        assertPage(1);
        assertPage(4);
    }

    @Test
    void whenAnImportRenamesThenThePagesMove() {
        importLine("{\"name\":\"b\",\"external_id\":\"1\"}");
        List.of("d", "e", "f", "g").forEach(this::create);
        names.add("b");
        assertPage(3);
        importLine("{\"name\":\"x\",\"external_id\":\"1\"}");
        names.remove("b");
        names.add("x");
        assertPage(3);
    }

    /** As the version before left them, whose accounts are counted in few rows. */
    @Test
    void whenTheRowOfAnAccountIsMissingThenThePagesMoveAsWell() {
        for (int i = 0; i < 8; i++) {
            create("p" + i);
        }
        Database.execute("""
                WITH gone AS (DELETE FROM user_counts WHERE organization_id = ? AND slot > 0 RETURNING persons)
                INSERT INTO user_counts AS c (organization_id, slot, persons) SELECT ?, 0, coalesce(sum(persons), 0) FROM gone
                ON CONFLICT (organization_id, slot) DO UPDATE SET persons = c.persons + excluded.persons
                """, organization.id(), organization.id());
        for (int i = 0; i < 8; i++) {
            assertPage(5);
            rename("p" + i, (i % 2 == 0 ? "a" : "z") + i);
            assertPage(5);
        }
    }

    @Test
    void whenKeptForLongThenCountedAnew() {
        List.of("b", "d", "e", "f").forEach(this::create);
        assertPage(3);
        // Behind the back of the service, which no count tells of
        Database.execute("DELETE FROM users WHERE organization_id = ? AND username = 'b'", organization.id());
        names.remove("b");
        clock.advance(Duration.ofMinutes(1));
        assertPage(3);
    }

    @Test
    void whenAServiceAccountComesThenTheListOfPersonsStays() {
        List.of("b", "c", "d").forEach(this::create);
        assertPage(2);
        admin().contentType(ContentType.JSON)
                .body("{\"name\":\"aa-service\",\"role\":\"member\"}")
                .post("/api/v1/service-accounts")
                .then()
                .statusCode(201);
        assertPage(2);
    }

    @Test
    void whenAPageWasReadThenTheNextIsCountedFromItsEnd() {
        List.of("b", "c", "d", "e", "f").forEach(this::create);
        UUID id = organization.id();
        assertEquals(PageAnchors.Anchor.BEGINNING, anchors.before(id, 5));
        assertPage(1);
        PageAnchors.Anchor anchor = anchors.before(id, 5);
        assertEquals(List.of(3, "d"), List.of(anchor.offset(), anchor.name()));
        assertEquals(1, anchors.before(id, 2).offset());
        assertPage(5);
        assertEquals("f", anchors.before(id, 7).name());
    }

    private RequestSpecification admin() {
        return bare(token);
    }

    private void assertPage(int offset) {
        List<String> found = admin().queryParam("offset", offset)
                .queryParam("limit", SIZE)
                .get("/users")
                .then()
                .statusCode(200)
                .extract()
                .path("username");
        assertEquals(names.stream().skip(offset).limit(SIZE).toList(), found, "from " + offset + " of " + names);
    }

    private void create(String name) {
        admin().contentType(ContentType.JSON)
                .body("{\"name\":\"" + name + "\"}")
                .post("/api/v1/users")
                .then()
                .statusCode(201)
                .body("name", is(name));
        names.add(name);
    }

    private void rename(String name, String other) {
        Object id = Database.value(
                "SELECT id FROM users WHERE organization_id = ? AND username = ?", organization.id(), name);
        admin().contentType(ContentType.JSON)
                .body("{\"username\":\"" + other + "\"}")
                .patch("/users/" + id)
                .then()
                .statusCode(200);
        names.remove(name);
        names.add(other);
    }

    private void importLine(String line) {
        String answer = admin().contentType("application/x-ndjson")
                .body((line + "\n").getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/users/import?mode=upsert")
                .asString();
        assertFalse(answer.contains("\"result\":\"error\""), answer);
    }

    private void remove(String name) {
        admin().delete("/api/v1/users/" + name).then().statusCode(204);
        names.remove(name);
    }
}
