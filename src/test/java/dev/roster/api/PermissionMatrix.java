package dev.roster.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Role;
import dev.roster.security.Scope;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sends one operation by every role and by administrators whose token is narrowed to one scope.
 *
 * @param callers the organization of the callers
 * @param owner the organization of the rows that they are after
 */
record PermissionMatrix(TestOrganization callers, TestOrganization owner) {
    /** The callers, in the order of the columns. */
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
                    Map.entry("theme", "{\"theme\":\"dark\"}"),
                    Map.entry("email", "{\"email\":\"{email}\"}"),
                    Map.entry("own email", "{\"email\":\"{own email}\"}"),
                    Map.entry("user_id", "{\"user_id\":\"{user id}\"}"),
                    Map.entry("invite", "{\"email\":\"{new}@example.com\",\"role\":\"member\"}"),
                    Map.entry("person", "{\"email\":\"{new}@example.com\",\"name\":\"New\"}"),
                    Map.entry("company", "{\"company\":\"Changed\"}"),
                    Map.entry("is_active", "{\"is_active\":false}"),
                    Map.entry("password", "{\"password\":\"long enough 1\"}"));

    /** Fails unless the callers get these statuses, and nothing changes where they are refused. */
    void check(String scheme, String method, String path, String body, String statuses) {
        callers.client(Role.ADMIN); // so that no caller is the last administrator
        String answers =
                CALLERS.stream()
                        .map(caller -> answer(caller, scheme, method, path, body))
                        .collect(Collectors.joining(" "));
        assertEquals(statuses.strip().replaceAll(" +", " "), answers);
    }

    private String answer(String caller, String scheme, String method, String path, String body) {
        TestClient account = account(caller);
        PermissionTargets targets = PermissionTargets.in(owner, callers, account);
        RequestSpecification request = given().urlEncodingEnabled(false);
        if (!caller.equals("nobody")) {
            request.header("Authorization", scheme + " " + token(caller, account));
        }
        String json = targets.fill(BODIES.get(body));
        if (!json.isEmpty()) {
            request.contentType("application/json").body(json);
        }
        String before = targets.rows();
        Response answer = request.request(method, targets.fill(path));
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
        TestClient account = callers.add("caller-" + UUID.randomUUID(), role);
        if (caller.equals(Scope.SYSTEM)) {
            account.becomeSystem();
        }
        return account;
    }

    private static String token(String caller, TestClient account) {
        return Role.of(caller).isPresent() ? account.token() : account.token(caller);
    }
}
