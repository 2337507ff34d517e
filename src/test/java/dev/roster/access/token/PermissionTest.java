package dev.roster.access.token;

import static dev.roster.testing.SecuredRoutes.get;
import static org.hamcrest.Matchers.containsString;

import dev.roster.caller.Role;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which role and scope opens which route. */
@QuarkusTest
class PermissionTest {
    private final TestOrganization organization = TestOrganization.create();

    @ParameterizedTest
    @CsvSource({
        "admin,,users-read,200",
        "admin,,users-write,200",
        "admin,,users-write-or-self-write,200",
        "admin,,groups-read-or-groups-write,200",
        "admin,,system,403",
        "admin,users:read,users-read,200",
        "admin,users:read,users-write,403",
        "admin,users:write,users-read,403",
        "admin,users:write,users-write-or-self-write,200",
        "admin,groups:write,groups-read-or-groups-write,200",
        "admin,groups:write,users-write,403",
        "member,,users-read,200",
        "member,,users-write,403",
        "member,,users-write-or-self-write,200",
        "member,,groups-read-or-groups-write,200",
        "member,,system,403",
        "member,users:read,users-write-or-self-write,403",
        "viewer,,users-read,200",
        "viewer,,users-write,403",
        "viewer,,groups-read-or-groups-write,200",
        "viewer,groups:read,users-read,403",
    })
    void roleAndScopeTable(String role, String scope, String route, int status) {
        Role of = Role.valueOf(role.toUpperCase(Locale.ROOT));
        String token = scope == null ? organization.token(of) : organization.token(of, scope);
        get(route, token).statusCode(status);
    }

    @Test
    void whenScopeIsMissingThenChallengeNamesIt() {
        get("users-write", organization.token(Role.MEMBER))
                .statusCode(403)
                .header(
                        "WWW-Authenticate",
                        "Bearer realm=\"roster\", error=\"insufficient_scope\"," + " scope=\"users:write\"");
    }

    @Test
    void whenOneOfSeveralScopesIsMissingThenChallengeNamesOne() {
        get("users-write-or-self-write", organization.token(Role.MEMBER, "users:read"))
                .statusCode(403)
                .header("WWW-Authenticate", containsString(":write\""));
    }

    @Test
    void whenTokenHasMoreThanItsRoleThenTheRoleCounts() {
        ForgedToken token = new ForgedToken(Role.VIEWER).claim("scope", "users:read users:write");
        get("users-write", token.sign()).statusCode(403);
        get("users-read", token.sign()).statusCode(200);
    }

    @Test
    void whenTokenHasSystemThenAllowed() {
        get("system", new ForgedToken(Role.ADMIN).claim("scope", "system").sign())
                .statusCode(200);
        // A token of the time when the account was an administrator
        for (Role role : List.of(Role.MEMBER, Role.VIEWER)) {
            get("system", new ForgedToken(role).claim("scope", "system").sign()).statusCode(403);
        }
    }
}
