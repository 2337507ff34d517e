package dev.roster.access.grant;

import static dev.roster.testing.Bearer.bare;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The applications that a person has let in, and their end. */
@QuarkusTest
@Tag("packaged")
class ConsentsTest {
    private static final String PATH = "/api/v1/users/me/applications";
    private static final String SECRET = "secret-of-the-wiki";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient ada = organization.add("ada", Role.MEMBER);
    private final TestClient bob = organization.add("bob", Role.MEMBER);
    private final UUID application = TestRows.application(organization);
    private final CodeGrant wiki = new CodeGrant(application, SECRET);

    @BeforeEach
    void hasASecret() {
        TestRows.applicationSecret(organization, application, SECRET);
    }

    @Test
    void whenLetInThenListedWithItsTokensUntilWithdrawn() {
        TestRows.consent(organization, bob.userId(), application);
        UUID agreed = TestRows.application(organization);
        TestRows.consent(organization, ada.userId(), agreed);
        Response tokens = wiki.exchange(code(ada, "groups:read"));
        String other = wiki.exchange(code(bob, "users:read")).path("access_token");
        String letIn = "items.find { it.id == '" + application + "' }";
        as(ada).get(PATH)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.find { it.id == '" + agreed + "' }.last_seen_at", nullValue())
                .body("items.find { it.id == '" + agreed + "' }.scopes", equalTo(List.of("users:read")))
                .body(letIn + ".client_id", equalTo("test-" + application))
                .body(letIn + ".name", equalTo("Wiki"))
                .body(letIn + ".scopes", equalTo(List.of("groups:read")))
                .body(letIn + ".since", notNullValue())
                .body(letIn + ".last_seen_at", notNullValue());
        Response first = as(ada).get(PATH + "?limit=1");
        Response second = as(ada).get(PATH + "?limit=1&cursor=" + first.path("next_cursor"));
        assertEquals(
                Set.of(application.toString(), agreed.toString()),
                Set.of(first.<String>path("items[0].id"), second.<String>path("items[0].id")));

        String pending = code(ada, "groups:read");
        as(ada).delete(PATH + "/" + application).then().statusCode(204);
        given().auth()
                .preemptive()
                .oauth2(tokens.path("access_token"))
                .get("/api/v1/groups")
                .then()
                .statusCode(401);
        wiki.refresh(tokens.path("refresh_token")).then().statusCode(400).body("error", equalTo("invalid_grant"));
        wiki.exchange(pending).then().statusCode(400).body("error", equalTo("invalid_grant"));
        as(ada).get(PATH).then().body("items", hasSize(1));
        as(ada).delete(PATH + "/" + application).then().statusCode(404).body("code", equalTo("application_not_found"));
        // Nobody else's
        given().auth()
                .preemptive()
                .oauth2(other)
                .get("/api/v1/users/bob")
                .then()
                .statusCode(200);
        as(bob).get(PATH).then().body("items", hasSize(1));
    }

    @Test
    void whenItMakesAKeyThenRefusedAlsoByATokenThatWasGotWithItsOwn() {
        Database.execute("UPDATE applications SET scopes = '{self:write,users:read}' WHERE id = ?", application);
        String token = wiki.exchange(code(ada, "self:write")).path("access_token");
        String derived =
                given().auth().preemptive().oauth2(token).get("/auth/api_token").asString();
        for (String one : List.of(token, derived.replace("\"", ""))) {
            given().auth()
                    .preemptive()
                    .oauth2(one)
                    .contentType("application/json")
                    .body("{\"name\": \"for ever\"}")
                    .post("/api/v1/api-keys")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"));
        }
    }

    @Test
    void whenOfAnotherOrganizationOrNoneThenNotFound() {
        TestOrganization other = TestOrganization.create();
        UUID foreign = TestRows.application(other);
        TestRows.consent(other, other.add("ada", Role.MEMBER).userId(), foreign);
        as(ada).delete(PATH + "/" + foreign).then().statusCode(404);
        as(ada).delete(PATH + "/x").then().statusCode(400);
        as(ada).get(PATH).then().statusCode(200).body("items", hasSize(0));
    }

    private String code(TestClient account, String scope) {
        UUID browser = TestRows.session(organization, account);
        return TestRows.code(organization, application, account.userId(), browser, scope);
    }

    private static RequestSpecification as(TestClient account) {
        return bare(account.token());
    }

    @Test
    void whenAnApplicationHasNoConsentButTokensThenItIsListedToo() {
        wiki.exchange(code(ada, "users:read")).then().statusCode(200);
        as(ada).get(PATH).then().body("items", hasSize(1)).body("items[0].scopes", equalTo(List.of("users:read")));
        assertEquals(0L, Database.value("SELECT count(*) FROM consents WHERE organization_id = ?", organization.id()));
    }
}
