package dev.roster.access.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.platform.database.MigrationSettings;
import dev.roster.testing.TestSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How issuers are configured, and where their tokens hold the role. */
class TrustedIssuerTest {
    private static final String PREFIX = "ROSTER_TRUSTED_ISSUERS__KEYCLOAK__";

    @Test
    void whenSetInTheEnvironmentThenRead() {
        TrustedIssuer issuer = issuer(environment());
        assertEquals("keycloak", issuer.name());
        assertEquals("https://id.example/realms/main", issuer.url());
        assertEquals(Optional.of("https://id.example/keys"), issuer.keysAt().map(Object::toString));
        assertEquals(Optional.of(Role.MEMBER), issuer.role());
        assertEquals(true, issuer.createsAccounts());
    }

    @ParameterizedTest
    @CsvSource({
        "JWKS_URL, http://id.example/keys, JWKS_URL",
        "JWKS_URL, keys, JWKS_URL",
        "JWKS_URL, ftp://id.example/keys, JWKS_URL",
        "JWKS_FILE, /keys.json, JWKS_FILE",
        "ROLE, owner, ROLE",
        "ROLE_CLAIM, roles, ROLE_CLAIM",
        "CLIENT_ID, roster, CLIENT_SECRET",
        "CLIENT_SECRET, secret, CLIENT_ID"
    })
    void whenWrongThenRefusedByName(String variable, String value, String property) {
        Map<String, String> environment = environment();
        environment.put(PREFIX + variable, value);
        String broken = String.join("\n", broken(settings(environment)));
        assertTrue(broken.contains(PREFIX + property), broken);
    }

    @ParameterizedTest
    @CsvSource({
        "ISSUER, http://id.example/realms/main, ISSUER must be an https URL",
        "CLIENT_ID, roster, CLIENT_ID must not be the same",
        "CLIENT_ID, cl\u00efent, CLIENT_ID must be",
        "CLIENT_SECRET, s\u00e9cret, CLIENT_SECRET must be",
        "DISPLAY_NAME, ' ', DISPLAY_NAME must be",
        "SCOPES, 'a\"b', SCOPES must be",
        "ACR_VALUES, 'a\"b', ACR_VALUES must be"
    })
    void whenASignInIsSetWrongThenRefusedByName(String variable, String value, String message) {
        Map<String, String> environment = withSignIn();
        environment.put(PREFIX + variable, value);
        List<String> broken = broken(settings(environment));
        assertEquals(1, broken.size(), broken.toString());
        assertTrue(broken.get(0).contains(message), broken.toString());
        assertFalse(broken.get(0).contains("hidden"), broken.toString());
    }

    @Test
    void whenASignInIsSetThenTheRestMayBeLeftOut() {
        Map<String, String> environment = withSignIn();
        environment.remove(PREFIX + "JWKS_URL");
        environment.remove(PREFIX + "AUDIENCE");
        TrustedIssuer issuer = issuer(environment);
        ProviderClient client = issuer.client().orElseThrow();
        assertEquals("keycloak", client.displayName());
        assertEquals(List.of("openid", "profile", "email"), client.scopes());
        assertEquals(List.of(), client.acrValues());
        assertFalse(client.toString().contains("hidden"), client.toString());
        environment.put(PREFIX + "SCOPES", "openid email");
        assertEquals(
                List.of("openid", "email"),
                issuer(environment).client().orElseThrow().scopes());
        environment.remove(PREFIX + "CLIENT_ID");
        environment.remove(PREFIX + "CLIENT_SECRET");
        assertEquals(
                List.of(PREFIX + "AUDIENCE or " + PREFIX + "CLIENT_ID must be set"), broken(settings(environment)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example/realms/main, https://id.example/token, true",
        "https://id.example/realms/main, https://other.example:8443/token?x=1, true",
        "https://id.example/realms/main, http://id.example/token, false",
        "https://id.example/realms/main, http://127.0.0.1:9000/token, false",
        "https://id.example/realms/main, https://localhost/token, false",
        "https://id.example/realms/main, https://[::1]/token, false",
        "https://id.example/realms/main, https://user@id.example/token, false",
        "https://id.example/realms/main, https://id.example/token#x, false",
        "https://id.example/realms/main, file:///etc/passwd, false",
        "https://id.example/realms/main, token, false",
        "http://127.0.0.1:8080/main, http://127.0.0.1:8080/token, true",
        "http://127.0.0.1:8080/main, http://id.example/token, false"
    })
    void whenAnEndpointIsNamedThenOnlyASafeOneIsCalled(String url, String endpoint, boolean good) {
        Map<String, String> environment = withSignIn();
        environment.put(PREFIX + "ISSUER", url);
        TrustedIssuer issuer = issuer(environment);
        for (String name : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
            Map<String, Object> metadata = new HashMap<>(Map.of("issuer", url));
            List.of("authorization_endpoint", "token_endpoint", "jwks_uri")
                    .forEach(other -> metadata.put(other, url + "/" + other));
            metadata.put(name, endpoint);
            String json = JsonUtil.toJson(metadata);
            if (good) {
                ProviderMetadata.parse(issuer, json);
            } else {
                assertThrows(IssuerFailure.class, () -> ProviderMetadata.parse(issuer, json));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"issuer\":\"https://id.example/realms/main/\"}", "{\"issuer\":[]}"})
    void whenTheMetadataIsNotThatOfTheIssuerThenRefused(String json) {
        TrustedIssuer issuer = issuer(withSignIn());
        assertThrows(IssuerFailure.class, () -> ProviderMetadata.parse(issuer, json));
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example, https://id.example/.well-known/openid-configuration",
        "https://id.example/a/, https://id.example/a/.well-known/openid-configuration"
    })
    void metadataStandsBeneathTheIssuer(String url, String where) {
        Map<String, String> environment = withSignIn();
        environment.put(PREFIX + "ISSUER", url);
        assertEquals(where, ProviderMetadata.of(issuer(environment)).toString());
    }

    private static Map<String, String> withSignIn() {
        Map<String, String> environment = environment();
        environment.put(PREFIX + "CLIENT_ID", "roster-pages");
        environment.put(PREFIX + "CLIENT_SECRET", "hidden");
        return environment;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "roles | {'roles':['viewer','admin','x']} | ADMIN",
                "roles | {'roles':'member'} | MEMBER",
                "a.b.c | {'a':{'b':{'c':['viewer']}}} | VIEWER",
                "https://x/roles | {'https://x/roles':['viewer']} | VIEWER",
                "roles | {'roles':[1,null,{}]} | ",
                "roles | {'roles':{'admin':true}} | ",
                "a.b | {'a':'admin'} | ",
                "roles | {} | "
            })
    void whenClaimThenHighestRole(String path, String claims, Role role) throws InvalidJwtException {
        assertEquals(Optional.ofNullable(role), new RoleClaim(path).read(JwtClaims.parse(claims.replace('\'', '"'))));
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(PREFIX + "ISSUER", "https://id.example/realms/main");
        environment.put(PREFIX + "JWKS_URL", "https://id.example/keys");
        environment.put(PREFIX + "AUDIENCE", "roster");
        environment.put(PREFIX + "ORGANIZATION", "default");
        environment.put(PREFIX + "ROLE", "member");
        environment.put(PREFIX + "CREATE_ACCOUNTS", "true");
        return environment;
    }

    private static TrustedIssuer issuer(Map<String, String> environment) {
        TrustedIssuerSettings settings = settings(environment);
        assertEquals(List.of(), broken(settings));
        Map.Entry<String, TrustedIssuerSettings.Entry> entry =
                settings.issuers().entrySet().iterator().next();
        return TrustedIssuer.of(entry.getKey(), entry.getValue());
    }

    /** What a start that serves refuses. */
    private static List<String> broken(TrustedIssuerSettings settings) {
        return TestSettings.broken(settings, TestSettings.of(MigrationSettings.class, Map.of()));
    }

    private static TrustedIssuerSettings settings(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(TrustedIssuerSettings.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(TrustedIssuerSettings.class);
    }
}
