package dev.roster.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.testing.AtOnce;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Sends one operation by everybody that the table of permissions tells apart.
 *
 * @param callers the organization of the callers
 * @param owner the organization of the rows that they are after
 */
record PermissionMatrix(TestOrganization callers, TestOrganization owner) {
    private static final String NOBODY = "nobody";
    private static final String KEY = "key";

    // It rotates once in all tests, in the test of the rotation
    private static final String ROTATION = "/oauth2/keys/rotate";

    /** Fails unless all get what the row says of the own organization, and nothing changes where they are refused. */
    static void check(Permission row) {
        Map<String, Integer> expected = expected(row, row.tried());
        List<String> callers = List.copyOf(expected.keySet());
        List<Integer> statuses = AtOnce.each(callers.size(), i -> apart(callers.get(i), row, expected));
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < callers.size(); i++) {
            answers.put(callers.get(i), statuses.get(i));
        }
        assertEquals(expected, answers, row.toString());
    }

    /** In an organization in which nobody else changes anything meanwhile. */
    private static Integer apart(String caller, Permission row, Map<String, Integer> expected) {
        TestOrganization organization = TestOrganization.create();
        return new PermissionMatrix(organization, organization)
                .answers(row, Map.of(caller, expected.get(caller)))
                .get(caller);
    }

    /** Fails unless the row's operation finds nothing of another organization. */
    void checkFindsNothing(Permission row) {
        Map<String, Integer> expected = expected(row, row.least());
        expected.replaceAll((caller, status) -> status < 300 ? 404 : status);
        // Who is refused in its own organization may also be told that there is nothing
        Map<String, Integer> answers = answers(row, expected);
        answers.replaceAll(
                (caller, status) -> status == 404 && expected.get(caller) == 403 ? Integer.valueOf(403) : status);
        assertEquals(expected, answers, row.toString());
    }

    /** Fails unless the row's operation is refused because the caller's password has expired. */
    void checkPasswordFirst(Permission row, TestClient account, String token) {
        Response answer = send(row, PermissionTargets.in(row, owner, callers, account), token);
        assertEquals(403, answer.statusCode(), row.toString());
        assertTrue(
                answer.asString().contains("assword has expired and is to be changed first"),
                row + ": " + answer.asString());
        checkChallenge(answer, row.toString());
    }

    private static Map<String, Integer> expected(Permission row, Set<Set<String>> tried) {
        Map<String, Integer> expected = new TreeMap<>(row.whole());
        expected.put(NOBODY, 401);
        tried.forEach(scopes -> expected.put(String.join(" ", new TreeSet<>(scopes)), row.statusWith(scopes)));
        return expected;
    }

    private Map<String, Integer> answers(Permission row, Map<String, Integer> expected) {
        callers.client(Role.ADMIN); // so that no caller is the last administrator
        Map<String, Integer> answers = new TreeMap<>();
        expected.forEach((caller, status) ->
                answers.put(caller, row.path().equals(ROTATION) && status < 300 ? status : answer(caller, row)));
        return answers;
    }

    private Integer answer(String caller, Permission row) {
        TestClient account = account(caller);
        PermissionTargets targets = PermissionTargets.in(row, owner, callers, account);
        String before = targets.rows();
        Response answer = send(row, targets, caller.equals(NOBODY) ? null : token(caller, account));
        checkChallenge(answer, row + " by " + caller);
        if (answer.statusCode() < 300 && caller.contains(":") && !caller.contains(Scope.USERS_READ)) {
            checkAccountsShown(row, targets, answer);
        }
        if (answer.statusCode() >= 400) {
            assertEquals(before, targets.rows(), caller + " was refused and changed it all the same");
        }
        return answer.statusCode();
    }

    // The one exception to reading by users:read that docs/security.md makes
    private static void checkAccountsShown(Permission row, PermissionTargets targets, Response answer) {
        boolean changesMemberships =
                row.path().endsWith("/groups") || row.path().contains("/users/groups/");
        for (String email : List.of("{user email}", "{admin email}")) {
            assertTrue(
                    changesMemberships || !answer.asString().contains(targets.fill(email)),
                    row + " shows an account to a token without users:read: " + answer.asString());
        }
    }

    private static Response send(Permission row, PermissionTargets targets, String token) {
        RequestSpecification request = given().urlEncodingEnabled(false);
        if (token != null) {
            request.header("Authorization", row.scheme() + " " + token);
        }
        String json = targets.fill(row.body());
        if (!json.isEmpty()) {
            request.contentType(ContentType.JSON).body(json);
        }
        return request.request(row.method(), targets.fill(row.path()));
    }

    private static void checkChallenge(Response answer, String what) {
        String challenge = String.valueOf(answer.header("WWW-Authenticate"));
        if (answer.statusCode() == 401) {
            assertTrue(challenge.startsWith("Bearer"), what + ": " + challenge);
        }
        if (answer.statusCode() == 403) {
            assertTrue(
                    challenge.matches(".*error=\"insufficient_(scope|user_authentication)\".*"),
                    what + ": " + challenge);
        }
    }

    private TestClient account(String caller) {
        Role role = Role.of(caller).orElse(Role.ADMIN);
        TestClient account = callers.add("caller-" + UUID.randomUUID(), role);
        if (Set.of(caller.split(" ", -1)).contains(Scope.SYSTEM)) {
            account.becomeSystem();
        }
        return account;
    }

    private static String token(String caller, TestClient account) {
        if (caller.equals(KEY)) {
            return TestClient.key(account.token());
        }
        return Role.of(caller).isPresent() ? account.token() : account.token(caller.split(" ", -1));
    }
}
