package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.RawHttp;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A body costs nothing before it is known that somebody may send it, and never more than allowed.
 */
@QuarkusTest
@Tag("packaged")
class BodyLimitsTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int SMALL = 16 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/auth/login"})
    void whenALargeFormIsAnnouncedThenRefusedBeforeItComes(String path) {
        assertTooLarge(path, FORM);
        assertTooLarge(path, "application/json");
        assertTooLarge(path, "APPLICATION/X-WWW-Form-urlencoded; charset=utf-8");
    }

    @Test
    void whenAFormComesWhereNoneIsMeantThenItIsAsSmall() {
        assertTooLarge("/api/v1/users", FORM);
    }

    @Test
    void whenALargeFormComesInChunksThenRefusedAtTheLimit() {
        RawHttp.Answer answer = RawHttp.sendPart("POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + FORM
                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("1000\r\n" + "x".repeat(0x1000) + "\r\n").repeat(5));
        assertEquals(413, answer.status(), answer.head());
        assertEquals("close", answer.header("connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer x\r\n", ""})
    void whenTheCallerIsUnknownThenRefusedBeforeTheBodyComes(String authorization) {
        RawHttp.Answer answer = RawHttp.sendPart("POST /api/v1/users HTTP/1.1\r\nHost: x\r\n"
                + authorization
                + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{");
        assertEquals(401, answer.status(), answer.head());
        assertEquals("invalid_token", JsonPath.from(answer.body()).getString("code"));
        assertTrue(answer.header("www-authenticate").startsWith("Bearer realm="), answer.head());
        assertEquals("close", answer.header("connection"));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whenTheLengthIsNotAnnouncedThenCounted(HttpClient.Version version) throws Exception {
        String token = TestOrganization.create().token(Role.ADMIN);
        String blanks = " ".repeat(900_000);
        assertEquals(201, stream(version, token, blanks + "{\"name\":\"ann\"}").statusCode());
        assertEquals(413, stream(version, token, blanks + blanks).statusCode());
        assertEquals(401, stream(version, "none", blanks + blanks).statusCode());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whenALargeFormIsStreamedThenCounted(HttpClient.Version version) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/oauth2/token"))
                .header("Content-Type", FORM)
                .POST(stream("a=" + "x".repeat(2 * SMALL)))
                .build();
        assertEquals(413, client(version).send(request, BodyHandlers.ofString()).statusCode());
    }

    private static HttpResponse<String> stream(HttpClient.Version version, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/users"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(stream(body))
                .build();
        return client(version).send(request, BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher stream(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).build();
    }

    private static URI uri(String path) {
        return URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
    }

    private static void assertTooLarge(String path, String type) {
        RawHttp.Answer answer = RawHttp.sendPart("POST "
                + path
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + type
                + "\r\nContent-Length: 1000000\r\n\r\na=");
        assertEquals(413, answer.status(), answer.head());
        assertEquals("close", answer.header("connection"));
    }
}
