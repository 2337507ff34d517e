package dev.roster.access.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "JWKS_URL, http://id.example/keys, jwks-url",
        "JWKS_URL, keys, jwks-url",
        "JWKS_URL, ftp://id.example/keys, jwks-url",
        "JWKS_FILE, /keys.json, jwks-file",
        "ROLE, owner, role",
        "ROLE_CLAIM, roles, role-claim"
    })
    void whenWrongThenRefusedByName(String variable, String value, String property) {
        Map<String, String> environment = environment();
        environment.put(PREFIX + variable, value);
        String message = assertThrows(ConfigurationException.class, () -> issuer(environment))
                .getMessage();
        assertTrue(message.contains("roster.trusted-issuers.keycloak." + property), message);
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
        TrustedIssuerSettings settings = new SmallRyeConfigBuilder()
                .withMapping(TrustedIssuerSettings.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(TrustedIssuerSettings.class);
        Map.Entry<String, TrustedIssuerSettings.Entry> entry =
                settings.issuers().entrySet().iterator().next();
        return TrustedIssuer.of(entry.getKey(), entry.getValue());
    }
}
