package dev.roster.access.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.roster.testing.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What anyone may read: the public keys and the metadata. */
@QuarkusTest
@Tag("packaged")
class PublicKeysTest {

    @Test
    void whenKeysThenPublicOnly() {
        given().get("/oauth2/jwks")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/jwk-set+json"))
                .header("Cache-Control", "public, max-age=300")
                .body("keys", hasSize(greaterThan(1))) // the next one is there
                .body("keys[1].d", nullValue())
                .body("keys[0].kid", equalTo(TestKeys.current().getKeyId()))
                .body("keys[0].kty", equalTo("EC"))
                .body("keys[0].crv", equalTo("P-256"))
                .body("keys[0].alg", equalTo("ES256"))
                .body("keys[0].use", equalTo("sig"))
                .body("keys[0].d", nullValue());
    }

    @Test
    void whenMetadataThenRfc8414() {
        given().get("/.well-known/oauth-authorization-server")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/json"))
                .header("Cache-Control", "public, max-age=3600")
                .body("issuer", equalTo("http://localhost:8080"))
                .body("token_endpoint", equalTo("http://localhost:8080/oauth2/token"))
                .body("introspection_endpoint", equalTo("http://localhost:8080/oauth2/introspect"))
                .body("revocation_endpoint", equalTo("http://localhost:8080/oauth2/revoke"))
                .body("introspection_endpoint_auth_methods_supported", hasSize(2))
                .body("revocation_endpoint_auth_methods_supported", hasSize(3))
                .body("jwks_uri", equalTo("http://localhost:8080/oauth2/jwks"))
                .body("authorization_endpoint", equalTo("http://localhost:8080/oauth2/authorize"))
                .body("response_types_supported", equalTo(List.of("code")))
                .body("code_challenge_methods_supported", equalTo(List.of("S256")))
                .body("authorization_response_iss_parameter_supported", equalTo(true))
                .body("grant_types_supported", hasItem("client_credentials"))
                .body("token_endpoint_auth_methods_supported", hasItem("client_secret_basic"))
                .body("scopes_supported", hasItem("users:read"));
    }
}
