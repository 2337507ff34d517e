package dev.roster.access.signing;

import static dev.roster.testing.SecuredRoutes.read;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.audit.AuditLog;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** A mounted key file that an operator changes under the running service. */
@QuarkusTest
@TestProfile(MountedKeysTest.Mounted.class)
class MountedKeysTest {

    /** Starts with a file of one ES256 key. */
    public static class Mounted implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file = Files.createTempFile("keys", ".json");
                file.toFile().deleteOnExit();
                PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
                key.setKeyId("ec");
                Files.writeString(file, set(List.of(secret(key))));
                return Map.of("roster.signing-keys", file.toString());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (JoseException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Inject
    SigningKeys keys;

    @Inject
    Pool database;

    @Inject
    AuditLog audit;

    private final TestClient admin = TestOrganization.create().client(Role.ADMIN);

    @Test
    void whenFileChangesThenKeysOfAllAlgorithmsComeAndGo() throws Exception {
        String first = Files.readString(file()).replaceAll("^\\{\"keys\":\\[(.*)]}$", "$1");
        String firstPublic = first.replaceAll(",\"d\":\"[^\"]+\"", "");
        PublicJsonWebKey okp = OkpJwkGenerator.generateJwk("Ed25519");
        okp.setKeyId("okp");
        PublicJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        rsa.setKeyId("rsa");
        String byEc = admin.token();
        assertEquals("ES256", algorithm(byEc));

        replace(secret(okp), first);
        awaitPublished(List.of("okp", "ec"));
        assertEquals("ES256", algorithm(admin.token()), "signs only after it was published");

        replace("not a key");
        replace(secret(okp), firstPublic, secret(rsa));
        awaitPublished(List.of("okp", "ec", "rsa"));
        String byOkp = admin.token();
        assertEquals("EdDSA", algorithm(byOkp));
        assertEquals(200, read(byOkp));
        assertEquals(200, read(byEc));

        replace(secret(rsa));
        awaitPublished(List.of("rsa"));
        String byRsa = admin.token();
        assertEquals("RS256", algorithm(byRsa));
        assertEquals(200, read(byRsa));
        assertEquals(401, read(byOkp));
        assertEquals(401, read(byEc));
        given().get("/oauth2/jwks")
                .then()
                .body("keys[0].kty", equalTo("RSA"))
                .body("keys[0].alg", equalTo("RS256"))
                .body("keys[0].size()", equalTo(6));
    }

    @Test
    void whenAFileBringsAKeyThenRecordedOnceWhoeverSeesIt() throws Throwable {
        for (int replica = 0; replica < 2; replica++) {
            SigningKeyEvents events = new SigningKeyEvents(keys, database, audit);
            VertxContextSupport.subscribeAndAwait(events::run);
            VertxContextSupport.subscribeAndAwait(events::run);
        }
        assertEquals(
                "system file",
                Database.value(
                        "SELECT string_agg(actor_kind || ' ' || (details ->> 'reason'), ', ') FROM audit_events"
                                + " WHERE type = 'signing_key.rotated' AND target_name = ?"
                                + " AND organization_id = (SELECT id FROM organizations WHERE name = 'default')",
                        keys.nextSigningId()));
    }

    @Test
    void whenRotatedByRequestThenConflict() {
        admin.becomeSystem();
        given().header("Authorization", "Bearer " + admin.token("system"))
                .post("/oauth2/keys/rotate")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    private static void replace(String... keys) throws IOException {
        Path other = Files.writeString(file().resolveSibling("other.json"), set(List.of(keys)));
        Files.move(other, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitPublished(List<String> ids) {
        Eventually.equal(ids, () -> given().get("/oauth2/jwks").jsonPath().getList("keys.kid"));
    }

    private static String algorithm(String token) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        return signature.getAlgorithmHeaderValue();
    }

    private static Path file() {
        return Path.of(ConfigProvider.getConfig().getValue("roster.signing-keys", String.class));
    }

    private static String secret(PublicJsonWebKey key) {
        return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }

    private static String set(List<String> keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }
}
