package dev.roster.access.token;

import static dev.roster.testing.SecuredRoutes.read;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestKeys;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Rotation of the keys in the data folder while requests run. */
@QuarkusTest
class KeyRotationTest {
    private final TestClient admin = TestOrganization.create().client(Role.ADMIN);

    // Once only: a second one would wait until its next key was published for minutes
    @Test
    void whenRotatedThenNextSignsAndNoRequestFails() throws Exception {
        admin.becomeSystem();
        List<String> before = published();
        String earlier = admin.token();
        String system = admin.token("system");

        List<Integer> statuses =
                AtOnce.each(40, i -> i == 20 ? rotate(system) : read(i % 2 == 0 ? earlier : admin.token()));

        assertEquals(204, statuses.get(20));
        assertEquals(39, statuses.stream().filter(status -> status == 200).count());
        String signing = keyId(admin.token());
        assertEquals(before.get(1), signing);
        assertEquals(TestKeys.current().getKeyId(), signing);
        assertTrue(published().containsAll(before));
        assertEquals(before.size() + 1, published().size());
        assertEquals(200, read(earlier));
        assertEquals(
                1L,
                Database.value(
                        "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = 'signing_key.rotated'",
                        admin.organizationId()));
    }

    @Test
    void whenNotSystemThenRefused() {
        given().header("Authorization", "Bearer " + admin.token())
                .post("/oauth2/keys/rotate")
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", startsWith("Bearer "));
        given().post("/oauth2/keys/rotate").then().statusCode(401);
    }

    private static int rotate(String token) {
        return given().header("Authorization", "Bearer " + token)
                .post("/oauth2/keys/rotate")
                .statusCode();
    }

    private static List<String> published() {
        return given().get("/oauth2/jwks").jsonPath().getList("keys.kid");
    }

    private static String keyId(String token) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        return signature.getKeyIdHeaderValue();
    }
}
