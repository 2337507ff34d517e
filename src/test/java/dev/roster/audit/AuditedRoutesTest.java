package dev.roster.audit;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.openapi.DocumentedOperation;
import dev.roster.testing.openapi.OpenApiDocuments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route that writes leaves an event, and none of its secrets in it. */
@QuarkusTest
class AuditedRoutesTest {
    static final String PASSWORD = "correct horse battery staple";
    private static final Set<String> WRITING = Set.of("post", "put", "patch", "delete");

    // Asks and changes nothing
    private static final Set<String> READING =
            Set.of("POST /oauth2/introspect", "POST /oauth2/userinfo", "POST /api/v1/invites/token");

    // scheme | method | path | body | type | whom it is on, by id
    private static final String ROUTES = """
            Bearer  | POST   | /api/v1/users                                   | {"name":"new"}                 | user.created          | -
            Bearer  | POST   | /api/v1/users/import                            | {"name":"new"}                 | users.imported        | -
            Bearer  | PATCH  | /api/v1/users/{user}                            | {"role":"viewer"}              | user.role_changed     | user id
            Bearer  | PATCH  | /api/v1/users/{user}/profile                    | {"email_address":"x@e.org"}    | user.email_changed    | user id
            Bearer  | POST   | /api/v1/users/{off}/reactivate                  | {}                             | user.reopened         | off id
            Bearer  | PUT    | /api/v1/users/{user}/groups                     | {"set_groups":["{group}"]}     | membership.added      | user id
            Bearer  | DELETE | /api/v1/users/{user}                            |                                | user.removed          | user id
            Bearer  | PUT    | /api/v1/users/me/password                       | {"new_password":"{password}"}  | user.password_changed | self id
            Bearer  | PATCH  | /api/v1/users/me/settings                       | {"theme":"dark-secret"}        | settings.changed      | self id
            Bearer  | DELETE | /api/v1/users/me/applications/{own application} |                                | consent.withdrawn     | own application
            Bearer  | DELETE | /api/v1/users/me/sessions                       |                                | session.ended         | self id
            Bearer  | DELETE | /api/v1/users/me/sessions/{session}             |                                | session.ended         | self id
            Bearer  | DELETE | /api/v1/users/{seen}/sessions                   |                                | session.ended         | seen id
            Bearer  | DELETE | /api/v1/users/{seen}/sessions/{seen session}    |                                | session.ended         | seen id
            Bearer  | POST   | /api/v1/users/me/secrets                        | {"name":"new"}                 | secret.created        | self id
            Bearer  | DELETE | /api/v1/users/me/secrets/{own secret}           |                                | secret.revoked        | self id
            Bearer  | POST   | /api/v1/users/{user}/secrets                    | {"name":"new"}                 | secret.created        | user id
            Bearer  | DELETE | /api/v1/users/{user}/secrets/{user secret}      |                                | secret.revoked        | user id
            Bearer  | POST   | /api/v1/groups                                  | {"name":"new","members":["{user}"]} | group.created    | -
            Bearer  | PATCH  | /api/v1/groups/{group}                          | {"display_name":"Changed"}     | group.changed         | group id
            Bearer  | DELETE | /api/v1/groups/{group}                          |                                | group.removed         | group id
            Bearer  | POST   | /api/v1/service-accounts                        | {"name":"new"}                 | secret.created        | -
            Bearer  | PATCH  | /api/v1/service-accounts/{bot}                  | {"status":"deactivated"}       | user.deactivated      | bot id
            Bearer  | PUT    | /api/v1/service-accounts/{bot}/groups           | {"set_groups":["{group}"]}     | membership.added      | bot id
            Bearer  | POST   | /api/v1/service-accounts/{bot}/token            | {}                             | secret.rotated        | bot id
            Bearer  | DELETE | /api/v1/service-accounts/{bot}                  |                                | user.removed          | bot id
            Bearer  | POST   | /api/v1/service-accounts/{bot}/secrets          | {"name":"new"}                 | secret.created        | bot id
            Bearer  | DELETE | /api/v1/service-accounts/{bot}/secrets/{secret} |                                | secret.revoked        | bot id
            Bearer  | POST   | /api/v1/api-keys                                | {"name":"new","owner":"{user}"} | api_key.created      | user id
            Bearer  | DELETE | /api/v1/api-keys/{key}                          |                                | api_key.revoked       | user id
            Bearer  | POST   | /api/v1/applications                            | {"name":"new","redirect_uris":["https://a.example.com/cb"],"scopes":["users:read"]} | application.created | -
            Bearer  | PATCH  | /api/v1/applications/{application}              | {"name":"Changed"}             | application.changed   | application
            Bearer  | DELETE | /api/v1/applications/{application}              |                                | application.removed   | application
            Bearer  | POST   | /api/v1/applications/{application}/secrets      | {"name":"new"}                 | secret.created        | application
            Bearer  | DELETE | /api/v1/applications/{application}/secrets/{application secret} |                | secret.revoked        | application
            Bearer  | PATCH  | /api/v1/organization                            | {"display_name":"Changed"}     | organization.changed  | own organization id
            Bearer  | POST   | /api/v1/organizations                           | {"name":"{new}"}               | organization.created  | -
            Bearer  | PATCH  | /api/v1/organizations/{organization}            | {"status":"deactivated"}       | organization.deactivated | organization id
            Bearer  | DELETE | /api/v1/organizations/{off organization}        |                                | organization.removed  | off organization id
            Bearer  | POST   | /api/v1/invites                                 | {"email":"n@e.org","role":"member"} | invite.created   | -
            Bearer  | POST   | /api/v1/invites/{invite}/resend                 |                                | invite.resent         | invite
            Bearer  | DELETE | /api/v1/invites/{invite}                        |                                | invite.revoked        | invite
            UserKey | POST   | /api/v1/users/groups/{group id}                 | {"email":"{email}"}            | membership.added      | user id
            UserKey | POST   | /api/v1/users/invite                            | {"email":"n@e.org","role":"member"} | invite.created   | -
            UserKey | POST   | /api/v1/users/system_invite                     | {"email":"n@e.org","role":"member"} | invite.created   | -
            UserKey | DELETE | /api/v1/users/{email}                           |                                | user.removed          | user id
            Bearer  | PATCH  | /users/{user id}                                | {"password":"{password}"}      | user.password_changed | user id
            Bearer  | DELETE | /users/{user id}                                |                                | user.removed          | user id
            Bearer  | POST   | /api/v1/app/user                                | {"email":"n@e.org","name":"N"} | user.created          | -
            Bearer  | DELETE | /api/v1/app/user                                | {"email":"{email}"}            | user.deactivated      | user id
            """;

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);

    record Route(String scheme, String method, String path, String body, String type, String target) {
        @Override
        public String toString() {
            return scheme + " " + method + " " + path;
        }
    }

    static Stream<Route> routes() {
        return ROUTES.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> Arrays.stream(cells).map(String::strip).toArray(String[]::new))
                .map(row -> new Route(row[0], row[1], row[2], row[3], row[4], row[5]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    void whenRouteHasWrittenThenItsEventIsThereWithoutItsSecrets(Route route) {
        admin.becomeSystem();
        organization.add("second", Role.ADMIN);
        String token = admin.token("system " + String.join(" ", Role.ADMIN.scopes()));
        Map<String, String> names = names();
        RequestSpecification request = given().urlEncodingEnabled(false)
                .header("Authorization", route.scheme() + " " + token)
                .header("X-Request-Id", "route-1");
        if (!route.body().isEmpty()) {
            request.contentType("application/json").body(fill(route.body(), names));
        }
        Response answer = request.request(route.method(), fill(route.path(), names));
        assertTrue(answer.statusCode() < 300, () -> answer.statusCode() + answer.asString());

        List<JsonObject> events = RecordedEvents.of(organization.id());
        JsonObject event = events.stream()
                .filter(found -> route.type().equals(found.getString("type")))
                .filter(found -> "route-1".equals(found.getString("request_id")))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(route.type() + " not in " + events));
        assertEquals("account", event.getString("actor_kind"));
        assertEquals(admin.userId().toString(), event.getString("actor_id"));
        assertEquals("admin", event.getString("actor_name"));
        if (!route.target().equals("-")) {
            assertEquals(names.get(route.target()), event.getString("target_id"));
        }
        if (!route.type().startsWith("signing_key")) {
            assertTrue(event.containsKey("target_name"), event::encode);
        }
        assertNoSecret(events.toString(), answer.asString(), token);
    }

    @Test
    void everyWritingRouteIsTried() {
        Set<String> tried = Stream.concat(
                        routes().map(AuditedRoutesTest::documented),
                        Stream.of(
                                "POST /oauth2/token",
                                "POST /oauth2/authorize",
                                "POST /oauth2/logout",
                                "POST /oauth2/revoke",
                                "POST /oauth2/keys/rotate", // once a run: KeyRotationTest
                                "POST /auth/login",
                                "POST /api/v1/email-changes/confirm",
                                "POST /api/v1/password/forgot", // these two: PasswordResetTest
                                "POST /api/v1/password/reset",
                                "POST /api/v1/invites/accept"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> writing = OpenApiDocuments.operations()
                .filter(operation -> WRITING.contains(operation.method()))
                .map(DocumentedOperation::toString)
                .filter(operation -> !READING.contains(operation))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(writing, tried);
    }

    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        UUID user = TestRows.person(organization, "user", "user@example.com", Role.MEMBER);
        UUID bot = TestRows.serviceAccount(organization, "bot", Role.MEMBER);
        TestClient seen = organization.add("seen", Role.MEMBER);
        seen.token();
        names.put("user", "user");
        names.put("user id", user.toString());
        names.put("email", "user@example.com");
        names.put("bot", "bot");
        names.put("bot id", bot.toString());
        names.put("secret", organization.addClient(bot, Role.MEMBER).id().toString());
        names.put("user secret", organization.addClient(user, Role.MEMBER).id().toString());
        names.put(
                "own secret",
                organization.addClient(admin.userId(), Role.ADMIN).id().toString());
        TestOrganization other = TestOrganization.create();
        names.put("organization", other.name());
        names.put("organization id", other.id().toString());
        TestOrganization off = TestOrganization.create();
        off.deactivate();
        names.put("off organization", off.name());
        names.put("off organization id", off.id().toString());
        names.put("group", "team");
        names.put("group id", TestRows.group(organization, "team").toString());
        names.put("key", TestRows.apiKey(organization, user).toString());
        names.put("invite", TestRows.invite(organization, "invited@example.com").toString());
        UUID application = TestRows.application(organization);
        names.put("application", application.toString());
        names.put(
                "application secret",
                TestRows.applicationSecret(organization, application, "secret").toString());
        UUID let = TestRows.application(organization);
        TestRows.consent(organization, admin.userId(), let);
        names.put("own organization id", organization.id().toString());
        names.put("own application", let.toString());
        names.put("off", "off");
        names.put("off id", TestRows.person(organization, "off", Role.MEMBER).toString());
        Database.execute(
                "UPDATE users SET status = 'deactivated' WHERE organization_id = ? AND username = 'off'",
                organization.id());
        names.put("seen", "seen");
        names.put("seen id", seen.userId().toString());
        names.put("seen session", session(seen));
        names.put("session", session(admin));
        names.put("self id", admin.userId().toString());
        names.put("password", PASSWORD);
        names.put("new", "new-" + UUID.randomUUID());
        return names;
    }

    private static String session(TestClient client) {
        return Database.value("SELECT id FROM sessions WHERE user_id = ?", client.userId())
                .toString();
    }

    private static String fill(String template, Map<String, String> names) {
        return Pattern.compile("\\{([a-z ]+)}").matcher(template).replaceAll(name -> names.get(name.group(1)));
    }

    private static String documented(Route route) {
        String path = fill(route.path(), anyName());
        return OpenApiDocuments.find(route.method().toLowerCase(Locale.ROOT), path, route.scheme())
                .orElseThrow(() -> new AssertionError(route + " is not documented"))
                .toString();
    }

    private static Map<String, String> anyName() {
        return new HashMap<>() {
            @Override
            public String get(Object name) {
                return "any";
            }
        };
    }

    static void assertNoSecret(String events, String answer, String token) {
        assertFalse(events.contains(token), "the token is recorded");
        assertFalse(events.contains(PASSWORD), "the password is recorded");
        assertFalse(events.contains("dark-secret"), "a setting is recorded");
        assertFalse(events.contains("argon2"), "a hash is recorded");
        Pattern.compile("\"(?:client_secret|key|access_token|invite_link)\":\"([^\"]+)\"")
                .matcher(answer)
                .results()
                .map(MatchResult::group)
                .map(secret -> secret.replaceFirst(".*:\"(?:.*#token=)?", "").replace("\"", ""))
                .forEach(secret -> assertFalse(events.contains(secret), "a secret is recorded"));
    }
}
