package dev.roster.api.v1;

import static dev.roster.testing.Bearer.bare;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications, as an administrator looks after them. */
@QuarkusTest
@Tag("packaged")
class ApplicationsTest {
    private static final String PATH = "/api/v1/applications";
    private static final String URI = "https://wiki.example.com/cb";

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenMadeThenShownWholeAndFoundAndListed() {
        TestRows.group(organization, "engines");
        Response made = post(Map.of(
                "name", "Wiki",
                "redirect_uris", List.of(URI, "http://127.0.0.1/cb", "http://[::1]:8080/cb", "http://localhost:1/"),
                "post_logout_redirect_uris", List.of("https://wiki.example.com/bye"),
                "scopes", List.of("users:read", "groups:read"),
                "public", true,
                "first_party", true,
                "groups", List.of("engines")));
        String whole = """
                {'id': '<uuid>', 'client_id': '<text>', 'name': 'Wiki',
                 'redirect_uris': ['%s', 'http://127.0.0.1/cb', 'http://[::1]:8080/cb', 'http://localhost:1/'],
                 'post_logout_redirect_uris': ['https://wiki.example.com/bye'], 'scopes': ['groups:read', 'users:read'],
                 'id_token_signed_response_alg': 'ES256',
                 'public': true, 'first_party': true, 'groups': ['engines'],
                 'created_at': '<time>', 'updated_at': '<time>'}
                """.formatted(URI);
        assertAnswer(made, 201, whole);
        assertAnswer(admin().get(PATH + "/" + made.path("id")), 200, whole);
        assertAnswer(admin().get(PATH), 200, "{'items': [" + whole + "]}");
    }

    @Test
    void whenOnlyTheLeastIsGivenThenConfidentialForEverybodyWithConsent() {
        assertAnswer(
                post(Map.of("name", "Wiki", "redirect_uris", List.of(URI), "scopes", List.of("users:read"))), 201, """
                {'id': '<uuid>', 'client_id': '<text>', 'name': 'Wiki', 'redirect_uris': ['https://wiki.example.com/cb'],
                 'post_logout_redirect_uris': [], 'scopes': ['users:read'], 'public': false, 'first_party': false,
                 'id_token_signed_response_alg': 'ES256',
                 'created_at': '<time>', 'updated_at': '<time>'}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://wiki.example.com/cb",
                "https://*.example.com/cb",
                "https://wiki.example.com/cb#part",
                "https://user@wiki.example.com/cb",
                "https://wiki.example.com\\@evil.example.com/cb",
                "https://wiki.example.com/a/../cb",
                "https://wiki.example.com/../cb",
                "https://wiki.example.com/../../cb",
                "https://wiki.example.com/..",
                "https://wiki.example.com/.",
                "https://wiki.example.com/cb?code=1",
                "https://wiki.example.com/cb?a=b&st%61te=x",
                "https://wiki.example.com/cb?iss",
                "https://wiki.example.com/cb?error&a=b",
                "https://wiki.example.com/cb?error_description=x",
                "https://wiki.example.com/cb?error_uri=",
                "https://wiki.example.com/a/%2e%2e/cb",
                "https:///cb",
                "https:wiki.example.com",
                "javascript:alert(1)",
                "com.example.app:/cb",
                "http://127.0.0.1.evil.example.com/cb",
                "/cb",
                "",
                "https://wiki.example.com/c b",
                "https://wíki.example.com/cb"
            })
    void whenUriCouldBeReadInTwoWaysOrIsNotSafeThenNotRegistered(String uri) {
        for (String field : List.of("redirect_uris", "post_logout_redirect_uris")) {
            UUID id = TestRows.application(organization);
            Response refused = patch(id, Map.of(field, List.of(uri)));
            assertEquals(400, refused.statusCode(), uri);
            assertTrue(refused.asString().contains(field), refused.asString());
        }
    }

    @Test
    void whenPublicThenSchemesOfItsOwnThatAreDomainNamesToo() {
        List<String> uris = List.of("com.example.app:/callback", "com.example.my-app.v2:/", URI);
        Response made = post(Map.of(
                "name",
                "App",
                "redirect_uris",
                uris,
                "post_logout_redirect_uris",
                List.of("com.example.app:/bye"),
                "scopes",
                List.of("users:read"),
                "public",
                true));
        assertEquals(201, made.statusCode(), made.asString());
        assertEquals(uris, made.path("redirect_uris"));
        UUID id = UUID.fromString(made.path("id"));
        for (String uri : List.of(
                "app:/callback",
                "javascript:/x",
                "data:/x",
                "file:/etc/passwd",
                "com.example.app:callback",
                "com.example.app://callback",
                "com.example.app:///callback",
                "COM.example.app:/callback",
                "com..example:/callback",
                "com.example.:/callback",
                "com.example.app:/a/../callback",
                "com.example.app:/%2e%2e/callback",
                "com.example.app:/../callback",
                "com.example.app:/callback?state=x",
                "com.example.app:/callback#x",
                "com.example.app:/*",
                "com.example.app:/c b",
                "com.example+app:/callback")) {
            assertEquals(400, patch(id, Map.of("redirect_uris", List.of(uri))).statusCode(), uri);
        }
    }

    @Test
    void whenTooManyUrisOrUnknownScopeOrGroupThenRefused() {
        UUID id = TestRows.application(organization);
        List<String> many = IntStream.range(0, 21)
                .mapToObj(i -> "https://a.example.com/" + i)
                .toList();
        assertEquals(400, patch(id, Map.of("redirect_uris", many)).statusCode());
        assertEquals(400, patch(id, Map.of("redirect_uris", List.of(URI, URI))).statusCode());
        assertEquals(400, patch(id, Map.of("redirect_uris", List.of())).statusCode());
        assertEquals(400, patch(id, Map.of("scopes", List.of("system"))).statusCode());
        assertEquals(400, patch(id, Map.of("scopes", List.of("nothing"))).statusCode());
        assertEquals(404, patch(id, Map.of("groups", List.of("nobody"))).statusCode());
    }

    @Test
    void whenChangedThenOnlyWhatIsNamedAndNotOverAnotherChange() {
        UUID id = TestRows.application(organization);
        TestRows.group(organization, "engines");
        String tag = admin().get(PATH + "/" + id).header("ETag");
        assertEquals(
                List.of("engines"),
                patch(id, Map.of("groups", List.of("engines"))).path("groups"));
        Map<String, Object> lifted = new HashMap<>(Map.of("name", "Other"));
        lifted.put("groups", null);
        Response open = patch(id, lifted);
        assertAnswer(open, 200, """
                {'id': '<id>', 'client_id': '<text>', 'name': 'Other', 'redirect_uris': ['https://wiki.example.com/cb'],
                 'post_logout_redirect_uris': [], 'scopes': ['users:read', 'groups:read'], 'public': false,
                 'id_token_signed_response_alg': 'ES256',
                 'first_party': false, 'created_at': '<time>', 'updated_at': '<time>'}
                """);
        assertEquals(
                412,
                admin().header("If-Match", tag)
                        .contentType(ContentType.JSON)
                        .body(Map.of("name", "Late"))
                        .patch(PATH + "/" + id)
                        .statusCode());
    }

    @Test
    void whenGroupIsRemovedThenTheApplicationIsNotOpenToEverybody() {
        UUID id = TestRows.application(organization);
        TestRows.group(organization, "engines");
        patch(id, Map.of("groups", List.of("engines")));
        assertEquals(204, admin().delete("/api/v1/groups/engines").statusCode());
        assertEquals(List.of(), admin().get(PATH + "/" + id).path("groups"));
        // What was read may be written: it stays for nobody
        assertEquals(List.of(), patch(id, Map.of("groups", List.of())).path("groups"));
        assertEquals(List.of(), patch(id, Map.of("name", "Other")).path("groups"));
        assertNull(patch(id, Collections.singletonMap("groups", null)).path("groups"));
        assertNull(admin().get(PATH + "/" + id).path("groups"));
    }

    @Test
    void whenGroupsAreNoneThenForNobodyFromTheStart() {
        Map<String, Object> body = new HashMap<>(Map.of(
                "name", "Wiki", "redirect_uris", List.of(URI), "scopes", List.of("users:read"), "groups", List.of()));
        assertEquals(List.of(), post(body).path("groups"));
        body.put("groups", null);
        assertNull(post(body).path("groups"));
    }

    @Test
    void whenGroupsAreNoListOfNamesThenRefused() {
        UUID id = TestRows.application(organization);
        List<Object> wrong = List.of(
                "engines", Map.of(), List.of(1), Collections.singletonList(null), Collections.nCopies(101, "engines"));
        for (Object groups : wrong) {
            Response refused = patch(id, Map.of("groups", groups));
            assertEquals(400, refused.statusCode(), "" + groups);
            assertEquals(List.of("groups"), refused.path("invalid_fields"), refused.asString());
        }
    }

    @Test
    void whenManyComeAtOnceThenTheLimitHolds() {
        IntStream.range(0, 196).forEach(i -> TestRows.application(organization));
        Map<String, Object> body =
                Map.of("name", "Wiki", "redirect_uris", List.of(URI), "scopes", List.of("users:read"));
        String token = organization.token(Role.ADMIN);
        Map<Integer, Long> counts = AtOnce.answers(12, i -> given().auth()
                        .oauth2(token)
                        .contentType(ContentType.JSON)
                        .body(body)
                        .post(PATH))
                .stream()
                .collect(Collectors.groupingBy(Response::statusCode, Collectors.counting()));
        assertEquals(Map.of(201, 4L, 409, 8L), counts);
    }

    @Test
    void whenSecretIsAddedThenShownOnceKeptAsDigestAndEnded() {
        UUID id = TestRows.application(organization);
        Response added = admin().contentType(ContentType.JSON)
                .body(Map.of("name", "spring"))
                .post(PATH + "/" + id + "/secrets");
        assertAnswer(added, 201, """
                {'id': '<uuid>', 'name': 'spring', 'client_id': '<text>', 'created_at': '<time>',
                 'client_secret': '<text>'}
                """);
        assertEquals("no-store", added.header("Cache-Control"));
        String secret = added.path("client_secret");
        Object kept = Database.value(
                "SELECT secret_digest = sha256(convert_to(?, 'UTF8')) FROM application_secrets WHERE id = ?::uuid",
                secret,
                added.<String>path("id"));
        assertEquals(true, kept);
        Response listed = admin().get(PATH + "/" + id + "/secrets");
        assertAnswer(listed, 200, """
                {'items': [{'id': '<uuid>', 'name': 'spring', 'client_id': '<text>', 'created_at': '<time>'}]}
                """);
        String path = PATH + "/" + id + "/secrets/" + added.path("id");
        assertEquals(204, admin().delete(path).statusCode());
        assertEquals(404, admin().delete(path).statusCode());
        assertAnswer(admin().get(PATH + "/" + id + "/secrets"), 200, "{'items': []}");
    }

    @Test
    void whenPublicThenNoSecret() {
        UUID id = TestRows.application(organization);
        Database.execute("UPDATE applications SET is_public = true WHERE id = ?", id);
        assertEquals(
                409,
                admin().contentType(ContentType.JSON)
                        .body(Map.of("name", "spring"))
                        .post(PATH + "/" + id + "/secrets")
                        .statusCode());
    }

    @Test
    void whenRemovedThenGoneWithItsIdentifier() {
        UUID id = TestRows.application(organization);
        String clientId = admin().get(PATH + "/" + id).path("client_id");
        assertEquals(204, admin().delete(PATH + "/" + id).statusCode());
        assertEquals(404, admin().get(PATH + "/" + id).statusCode());
        assertEquals(404, admin().delete(PATH + "/" + id).statusCode());
        assertEquals(0L, Database.value("SELECT count(*) FROM client_ids WHERE client_id = ?", clientId));
    }

    @Test
    void whenTwoAreMadeThenTheirIdentifiersDiffer() {
        Map<String, Object> body =
                Map.of("name", "Wiki", "redirect_uris", List.of(URI), "scopes", List.of("users:read"));
        assertNotEquals(post(body).<String>path("client_id"), post(body).<String>path("client_id"));
    }

    /** Whoever looks for what has let somebody in finds it there. */
    @Test
    void whenOtherGroupsMayUseItThenTheAuditLogNamesThem() {
        List.of("engines", "poets", "weavers").forEach(name -> TestRows.group(organization, name));
        UUID id = UUID.fromString(post(Map.of(
                        "name", "Wiki",
                        "redirect_uris", List.of(URI),
                        "scopes", List.of("users:read"),
                        "groups", List.of("engines")))
                .path("id"));
        patch(id, Map.of("groups", List.of("weavers", "poets")));
        patch(id, Map.of("groups", List.of("poets", "weavers")));
        patch(id, Collections.singletonMap("groups", null));
        patch(id, Map.of("groups", List.of()));
        assertEquals(204, admin().delete(PATH + "/" + id).statusCode());
        assertEquals(
                "application.created > engines, application.changed engines > poets, weavers,"
                        + " application.changed poets, weavers > *, application.changed * > ,"
                        + " application.removed  >",
                Database.value(
                        "SELECT trim(string_agg(concat(type, ' ' || (before->>'groups'), ' > ', after->>'groups'), ', '"
                                + " ORDER BY id)) FROM audit_events"
                                + " WHERE organization_id = ? AND target_id = ?",
                        organization.id(),
                        id));
    }

    private Response post(Map<String, Object> body) {
        return admin().contentType(ContentType.JSON).body(body).post(PATH);
    }

    private Response patch(UUID id, Map<String, Object> body) {
        return admin().contentType(ContentType.JSON).body(body).patch(PATH + "/" + id);
    }

    private RequestSpecification admin() {
        return bare(organization.token(Role.ADMIN));
    }
}
