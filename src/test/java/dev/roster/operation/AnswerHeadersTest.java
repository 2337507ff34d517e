package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.security.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer promises to browsers and caches, and what it does not tell. */
@QuarkusTest
class AnswerHeadersTest {
    private String token;

    @BeforeEach
    void getToken() {
        token = TestOrganization.create().token(Role.ADMIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users",
                "/api/v1/users/me",
                "/api/v1/users/nobody",
                "/api/v2/users",
                "/users",
                "/api/v1/app/users",
                "/nothing",
                "/%00",
                "/oauth2/token"
            })
    void whenAnswerOfAnApiThenNotStored(String path) {
        for (Response answer :
                new Response[] {
                    RestAssured.get(path), RestAssured.given().auth().oauth2(token).get(path)
                }) {
            assertPromises(answer);
            assertEquals("no-store", answer.header("Cache-Control"), path);
            assertEquals(
                    "default-src 'none'; frame-ancestors 'none'",
                    answer.header("Content-Security-Policy"));
        }
    }

    @ParameterizedTest
    @CsvSource({"/oauth2/jwks", "/.well-known/oauth-authorization-server"})
    void whenAnswerIsForEverybodyThenStored(String path) {
        Response answer = RestAssured.get(path);
        assertPromises(answer);
        assertTrue(answer.header("Cache-Control").startsWith("public, max-age="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/swagger-ui/", "/q/swagger-ui/swagger-ui.css", "/q/openapi"})
    void whenPageThenNoFrameHoldsIt(String path) {
        Response answer = RestAssured.get(path);
        assertEquals(200, answer.statusCode());
        assertPromises(answer);
        String policy = answer.header("Content-Security-Policy");
        assertTrue(policy.endsWith("frame-ancestors 'none'"), policy);
    }

    @Test
    void whenNotStoredThenStillNotSentTwice() {
        String tag =
                RestAssured.given().auth().oauth2(token).get("/api/v1/users/me").header("ETag");
        Response again =
                RestAssured.given()
                        .auth()
                        .oauth2(token)
                        .header("If-None-Match", tag)
                        .get("/api/v1/users/me");
        assertEquals(304, again.statusCode());
        assertEquals(tag, again.header("ETag"));
        assertPromises(again);
    }

    @Test
    void whenRefusedBeforeItIsReadThenAllTheSame() {
        RawHttp.Answer answer = RawHttp.send("GET /users HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
        assertEquals(400, answer.status());
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    private static void assertPromises(Response answer) {
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("no-referrer", answer.header("Referrer-Policy"));
        assertNull(answer.header("Strict-Transport-Security"), "the issuer is http");
        assertNull(answer.header("Server"));
        assertNull(answer.header("X-Powered-By"));
    }
}
