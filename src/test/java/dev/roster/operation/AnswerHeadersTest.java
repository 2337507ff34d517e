package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer promises to browsers and caches, and what it does not tell. */
@QuarkusTest
@Tag("packaged")
class AnswerHeadersTest {
    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void getToken() {
        token = organization.token(Role.ADMIN);
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
        for (Response answer : new Response[] {
            RestAssured.get(path), RestAssured.given().auth().oauth2(token).get(path)
        }) {
            assertPromises(answer);
            assertEquals("no-store", answer.header("Cache-Control"), path);
            assertEquals("default-src 'none'; frame-ancestors 'none'", answer.header("Content-Security-Policy"));
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

    /** Which they give is chosen by what is accepted. */
    @ParameterizedTest
    @CsvSource({
        "/oauth2/jwks, application/json",
        "/oauth2/jwks, application/jwk-set+json",
        "/q/openapi/roster-v1, application/json",
        "/q/openapi/oauth2, application/yaml"
    })
    void whenStoredInOneOfTwoTypesThenOnlyForWhoAcceptsIt(String path, String type) {
        Response answer = RestAssured.given().accept(type).get(path);
        assertTrue(answer.header("Content-Type").startsWith(type), answer.header("Content-Type"));
        assertEquals("Accept", answer.header("Vary"));
    }

    /** Its policy allows what comes from here, what is written into it, and nothing else. */
    @Test
    void whenPageThenEverythingThatItLoadsIsAllowed() {
        Response page = RestAssured.get("/q/swagger-ui/");
        assertTrue(page.header("Content-Security-Policy")
                .startsWith("default-src 'self'; script-src 'self' 'unsafe-inline'; style-src"
                        + " 'self' 'unsafe-inline'; img-src 'self' data:;"));
        assertFalse(page.asString().contains("Quarkus"), page::asString);
        List<String> loaded = loaded(page.asString());
        assertTrue(loaded.stream().anyMatch(url -> url.endsWith(".js")), loaded::toString);
        assertTrue(loaded.stream().anyMatch(url -> url.endsWith(".css")), loaded::toString);
        for (String url : loaded) {
            URI address = URI.create("/q/swagger-ui/").resolve(url);
            assertNull(address.getScheme(), url);
            assertNull(address.getHost(), url);
            assertEquals(200, RestAssured.get(address).statusCode(), url);
        }
    }

    private static List<String> loaded(String html) {
        Pattern reference =
                Pattern.compile("<(?:script|link|img|iframe)\\b[^>]*?\\b(?:src|href)\\s*=\\s*[\"']([^\"']+)|"
                        + "\\burl\\s*[:(]\\s*[\"']([^\"']+)");
        return reference
                .matcher(html)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    @Test
    void whenNotStoredThenStillNotSentTwice() {
        organization.keepLastSeen();
        String tag =
                RestAssured.given().auth().oauth2(token).get("/api/v1/users/me").header("ETag");
        Response again = RestAssured.given()
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
