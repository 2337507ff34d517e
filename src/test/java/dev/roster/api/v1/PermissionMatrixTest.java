package dev.roster.api.v1;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Role;
import dev.roster.security.Scope;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may do what in Roster v1: every operation by every role and by administrators whose token is
 * narrowed to one scope, on rows of the own and of another organization.
 */
@QuarkusTest
class PermissionMatrixTest {
    /** The callers, in the order of the columns below. */
    private static final List<String> CALLERS =
            List.of(
                    "admin",
                    "member",
                    "viewer",
                    "nobody",
                    Scope.USERS_READ,
                    Scope.USERS_WRITE,
                    Scope.GROUPS_READ,
                    Scope.GROUPS_WRITE,
                    Scope.INVITES_WRITE,
                    Scope.SESSIONS_WRITE,
                    Scope.CLIENTS_WRITE,
                    Scope.SELF_WRITE,
                    Scope.SYSTEM);

    private static final Map<String, String> BODIES =
            Map.ofEntries(
                    Map.entry("none", ""),
                    Map.entry("empty", "{}"),
                    Map.entry("name", "{\"name\":\"{new}\"}"),
                    Map.entry("display_name", "{\"display_name\":\"Changed\"}"),
                    Map.entry("role", "{\"role\":\"viewer\"}"),
                    Map.entry("status", "{\"status\":\"deactivated\"}"),
                    Map.entry("full_name", "{\"full_name\":\"Changed\"}"),
                    Map.entry("set_groups", "{\"set_groups\":[\"{own group}\"]}"),
                    Map.entry("other's group", "{\"set_groups\":[\"{group}\"]}"),
                    Map.entry("owner", "{\"name\":\"key\",\"owner\":\"{user}\"}"),
                    Map.entry("theme", "{\"theme\":\"dark\"}"));

    private final TestOrganization organization = TestOrganization.create();
    private final TestOrganization other = TestOrganization.create();

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                       roles              users   groups  inv ses cli self sys
#                                                       adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/users                  | none        | 200 200 200 401  200 403 403 403 403 403 403 403 403
POST   | /api/v1/users                  | name        | 201 403 403 401  403 201 403 403 403 403 403 403 403
GET    | /api/v1/users/{user}           | none        | 200 200 200 401  200 403 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{user}           | display_name| 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{user}           | role        | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{user}           | status      | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{self}           | display_name| 200 200 403 401  403 200 403 403 403 403 403 200 403
PATCH  | /api/v1/users/{self}           | role        | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{self}           | status      | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{user}/profile   | full_name   | 200 403 403 401  403 200 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{self}/profile   | full_name   | 200 200 403 401  403 200 403 403 403 403 403 200 403
PUT    | /api/v1/users/{user}/groups    | set_groups  | 200 403 403 401  403 403 403 200 403 403 403 403 403
PUT    | /api/v1/users/{self}/groups    | set_groups  | 200 403 403 401  403 403 403 200 403 403 403 403 403
DELETE | /api/v1/users/{user}           | none        | 204 403 403 401  403 204 403 403 403 403 403 403 403
DELETE | /api/v1/users/{self}           | none        | 204 403 403 401  403 204 403 403 403 403 403 403 403
GET    | /api/v1/users/me               | none        | 200 200 200 401  200 403 403 403 403 403 403 403 403
GET    | /api/v1/users/me/settings      | none        | 200 200 200 401  200 403 403 403 403 403 403 200 403
PATCH  | /api/v1/users/me/settings      | theme       | 200 200 200 401  403 403 403 403 403 403 403 200 403
DELETE | /api/v1/users/me/sessions      | none        | 204 204 204 401  403 403 403 403 403 204 403 204 403
GET    | /api/v1/users/me/sessions      | none        | 200 200 200 401  403 403 403 403 403 200 403 200 403
GET    | /api/v1/users/{user}/sessions  | none        | 200 403 403 401  403 403 403 403 403 200 403 403 403
DELETE | /api/v1/users/{user}/sessions  | none        | 204 403 403 401  403 403 403 403 403 204 403 403 403
GET    | /api/v1/groups                 | none        | 200 200 200 401  403 403 200 403 403 403 403 403 403
POST   | /api/v1/groups                 | name        | 201 403 403 401  403 403 403 201 403 403 403 403 403
GET    | /api/v1/groups/{group}         | none        | 200 200 200 401  403 403 200 403 403 403 403 403 403
PATCH  | /api/v1/groups/{group}         | display_name| 200 403 403 401  403 403 403 200 403 403 403 403 403
DELETE | /api/v1/groups/{group}         | none        | 204 403 403 401  403 403 403 204 403 403 403 403 403
GET    | /api/v1/service-accounts       | none        | 200 200 200 401  200 403 403 403 403 403 403 403 403
POST   | /api/v1/service-accounts       | name        | 201 403 403 401  403 403 403 403 403 403 201 403 403
GET    | /api/v1/service-accounts/{bot} | none        | 200 200 200 401  200 403 403 403 403 403 403 403 403
PATCH  | /api/v1/service-accounts/{bot} | display_name| 200 403 403 401  403 403 403 403 403 403 200 403 403
PATCH  | /api/v1/service-accounts/{bot} | role        | 200 403 403 401  403 403 403 403 403 403 200 403 403
PUT    | /api/v1/service-accounts/{bot}/groups | set_groups | 200 403 403 401  403 403 403 200 403 403 403 403 403
POST   | /api/v1/service-accounts/{bot}/token  | empty      | 200 403 403 401  403 403 403 403 403 403 200 403 403
DELETE | /api/v1/service-accounts/{bot} | none        | 204 403 403 401  403 403 403 403 403 403 204 403 403
GET    | /api/v1/service-accounts/{bot}/secrets | none | 200 403 403 401  403 403 403 403 403 403 200 403 403
POST   | /api/v1/service-accounts/{bot}/secrets | name | 201 403 403 401  403 403 403 403 403 403 201 403 403
DELETE | /api/v1/service-accounts/{bot}/secrets/{secret} | none | 204 403 403 401  403 403 403 403 403 403 204 403 403
GET    | /api/v1/api-keys               | none        | 200 200 200 401  403 403 403 403 403 403 200 200 403
GET    | /api/v1/api-keys?owner={self}  | none        | 200 200 200 401  403 403 403 403 403 403 200 200 403
GET    | /api/v1/api-keys?owner={user}  | none        | 200 403 403 401  403 403 403 403 403 403 200 403 403
GET    | /api/v1/api-keys?all=true      | none        | 200 403 403 401  403 403 403 403 403 403 200 403 403
POST   | /api/v1/api-keys               | name        | 201 201 201 401  403 403 403 403 403 403 201 201 403
# A token with clients:write only has no scope to give to a member
POST   | /api/v1/api-keys               | owner       | 201 403 403 401  403 403 403 403 403 403 403 403 403
GET    | /api/v1/api-keys/{key}         | none        | 200 404 404 401  403 403 403 403 403 403 200 404 403
DELETE | /api/v1/api-keys/{key}         | none        | 204 404 404 401  403 403 403 403 403 403 204 404 403
GET    | /api/v1/api-keys/{own key}     | none        | 200 200 200 401  403 403 403 403 403 403 200 200 403
DELETE | /api/v1/api-keys/{own key}     | none        | 204 204 204 401  403 403 403 403 403 403 204 204 403
GET    | /api/v1/organizations          | none        | 403 403 403 401  403 403 403 403 403 403 403 403 200
POST   | /api/v1/organizations          | name        | 403 403 403 401  403 403 403 403 403 403 403 403 201
""")
    void whenRowIsOfTheOwnOrganization(String method, String path, String body, String statuses) {
        organization.client(Role.ADMIN); // so that no caller is the last administrator
        assertEquals(spaced(statuses), answers(method, path, body, organization));
    }

    @ParameterizedTest(name = "{0} {1} with {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
"""
#                                                       roles              users   groups  inv ses cli self sys
#                                                       adm mem vie  no   rea wri rea wri wri wri wri wri
GET    | /api/v1/users/{user}/sessions  | none        | 404 403 403 401  403 403 403 403 403 404 403 403 403
DELETE | /api/v1/users/{user}/sessions  | none        | 404 403 403 401  403 403 403 403 403 404 403 403 403
GET    | /api/v1/users/{user}           | none        | 404 404 404 401  404 403 403 403 403 403 403 403 403
PATCH  | /api/v1/users/{user}           | display_name| 404 404 404 401  403 404 403 403 403 403 403 404 403
PATCH  | /api/v1/users/{user}           | role        | 404 404 404 401  403 404 403 403 403 403 403 404 403
PATCH  | /api/v1/users/{user}           | status      | 404 404 404 401  403 404 403 403 403 403 403 404 403
PATCH  | /api/v1/users/{user}/profile   | full_name   | 404 404 404 401  403 404 403 403 403 403 403 404 403
PUT    | /api/v1/users/{user}/groups    | set_groups  | 404 403 403 401  403 403 403 404 403 403 403 403 403
PUT    | /api/v1/users/{self}/groups    | other's group | 404 403 403 401  403 403 403 404 403 403 403 403 403
DELETE | /api/v1/users/{user}           | none        | 404 403 403 401  403 404 403 403 403 403 403 403 403
GET    | /api/v1/groups/{group}         | none        | 404 404 404 401  403 403 404 403 403 403 403 403 403
PATCH  | /api/v1/groups/{group}         | display_name| 404 403 403 401  403 403 403 404 403 403 403 403 403
DELETE | /api/v1/groups/{group}         | none        | 404 403 403 401  403 403 403 404 403 403 403 403 403
GET    | /api/v1/service-accounts/{bot} | none        | 404 404 404 401  404 403 403 403 403 403 403 403 403
PATCH  | /api/v1/service-accounts/{bot} | display_name| 404 403 403 401  403 403 403 403 403 403 404 403 403
PUT    | /api/v1/service-accounts/{bot}/groups | set_groups | 404 403 403 401  403 403 403 404 403 403 403 403 403
POST   | /api/v1/service-accounts/{bot}/token  | empty      | 404 403 403 401  403 403 403 403 403 403 404 403 403
GET    | /api/v1/service-accounts/{bot}/secrets | none | 404 403 403 401  403 403 403 403 403 403 404 403 403
POST   | /api/v1/service-accounts/{bot}/secrets | name | 404 403 403 401  403 403 403 403 403 403 404 403 403
DELETE | /api/v1/service-accounts/{bot}/secrets/{secret} | none | 404 403 403 401  403 403 403 403 403 403 404 403 403
GET    | /api/v1/api-keys?owner={user}  | none        | 404 403 403 401  403 403 403 403 403 403 404 403 403
POST   | /api/v1/api-keys               | owner       | 404 403 403 401  403 403 403 403 403 403 404 403 403
GET    | /api/v1/api-keys/{key}         | none        | 404 404 404 401  403 403 403 403 403 403 404 404 403
DELETE | /api/v1/api-keys/{key}         | none        | 404 404 404 401  403 403 403 403 403 403 404 404 403
DELETE | /api/v1/service-accounts/{bot} | none        | 404 403 403 401  403 403 403 403 403 403 404 403 403
""")
    void whenRowIsOfAnotherOrganization(String method, String path, String body, String statuses) {
        TestRows.group(other, "never-touched");
        String before = rows(other);
        assertEquals(spaced(statuses), answers(method, path, body, other));
        assertEquals(before, rows(other).replaceAll("\\n?[^\\n]*\"target-[^\\n]*", "").strip());
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM memberships WHERE organization_id = ?", other.id()));
    }

    private String answers(String method, String path, String body, TestOrganization owner) {
        return CALLERS.stream()
                .map(caller -> answer(caller, method, path, body, owner))
                .collect(Collectors.joining(" "));
    }

    private String answer(
            String caller, String method, String path, String body, TestOrganization owner) {
        TestClient account = account(caller);
        Targets targets = Targets.in(owner, organization, account);
        String before = targets.rows();
        RequestSpecification request = given().urlEncodingEnabled(false);
        if (!caller.equals("nobody")) {
            request.header("Authorization", "Bearer " + token(caller, account));
        }
        String json = targets.fill(BODIES.get(body), account);
        if (!json.isEmpty()) {
            request.contentType("application/json").body(json);
        }
        Response answer = request.request(method, targets.fill(path, account));
        checkChallenge(answer, method + " " + path + " by " + caller);
        if (answer.statusCode() >= 400) {
            assertEquals(
                    before, targets.rows(), caller + " was refused and changed it all the same");
        }
        return String.valueOf(answer.statusCode());
    }

    private static void checkChallenge(Response answer, String what) {
        String challenge = String.valueOf(answer.header("WWW-Authenticate"));
        if (answer.statusCode() == 401) {
            assertTrue(challenge.startsWith("Bearer"), what + ": " + challenge);
        }
        if (answer.statusCode() == 403) {
            assertTrue(challenge.contains("error=\"insufficient_scope\""), what + ": " + challenge);
        }
    }

    private TestClient account(String caller) {
        Role role = Role.of(caller).orElse(Role.ADMIN);
        TestClient account = organization.add("caller-" + UUID.randomUUID(), role);
        if (caller.equals(Scope.SYSTEM)) {
            Database.execute("UPDATE clients SET is_system = true WHERE id = ?", account.id());
        }
        return account;
    }

    private static String token(String caller, TestClient account) {
        return Role.of(caller).isPresent() ? account.token() : account.token(caller);
    }

    /** Everything an organization has but the rows made for each request, one a line. */
    private static String rows(TestOrganization organization) {
        return String.valueOf(
                        Database.value(
                                """
                                SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
                                  SELECT row_to_json(u)::text AS line FROM users u WHERE organization_id = ?
                                   UNION ALL
                                  SELECT row_to_json(g)::text FROM groups g WHERE organization_id = ?) AS lines
                                """,
                                organization.id(),
                                organization.id()))
                .strip();
    }

    private static String spaced(String statuses) {
        return statuses.strip().replaceAll(" +", " ");
    }

    /** Rows for one request, so that no request finds what another one left. */
    private record Targets(
            String user,
            String group,
            String bot,
            String ownGroup,
            UUID userId,
            UUID groupId,
            UUID botId,
            UUID key,
            UUID ownKey,
            UUID secret) {

        static Targets in(TestOrganization owner, TestOrganization caller, TestClient account) {
            String suffix = UUID.randomUUID().toString().substring(0, 8);
            String user = "target-user-" + suffix;
            String group = "target-group-" + suffix;
            String bot = "target-bot-" + suffix;
            UUID userId = TestRows.person(owner, user, Role.MEMBER);
            UUID groupId = TestRows.group(owner, group);
            UUID botId = TestRows.serviceAccount(owner, bot, Role.MEMBER);
            String ownGroup = "target-own-" + suffix;
            TestRows.group(caller, ownGroup);
            UUID key = TestRows.apiKey(owner, userId);
            UUID ownKey = TestRows.apiKey(caller, account.userId());
            UUID secret = owner.addClient(botId, Role.MEMBER).id();
            return new Targets(
                    user, group, bot, ownGroup, userId, groupId, botId, key, ownKey, secret);
        }

        String fill(String template, TestClient account) {
            String self =
                    String.valueOf(
                            Database.value(
                                    "SELECT username FROM users WHERE id = ?", account.userId()));
            return template.replace("{user}", user)
                    .replace("{group}", group)
                    .replace("{own group}", ownGroup)
                    .replace("{bot}", bot)
                    .replace("{self}", self)
                    .replace("{key}", key.toString())
                    .replace("{own key}", ownKey.toString())
                    .replace("{secret}", secret.toString())
                    .replace("{new}", "new-" + UUID.randomUUID());
        }

        String rows() {
            return String.valueOf(
                    Database.value(
                            """
                            SELECT concat_ws(E'\\n',
                              (SELECT row_to_json(u) FROM users u WHERE id = ?),
                              (SELECT row_to_json(g) FROM groups g WHERE id = ?),
                              (SELECT row_to_json(u) FROM users u WHERE id = ?),
                              (SELECT json_agg(m) FROM memberships m WHERE user_id IN (?, ?)),
                              (SELECT json_agg(c) FROM clients c WHERE user_id IN (?, ?)),
                              (SELECT json_agg(s) FROM sessions s WHERE user_id IN (?, ?)),
                              (SELECT json_agg(k) FROM api_keys k WHERE user_id IN (?, ?)))
                            """,
                            userId,
                            groupId,
                            botId,
                            userId,
                            botId,
                            userId,
                            botId,
                            userId,
                            botId,
                            userId,
                            botId));
        }
    }
}
