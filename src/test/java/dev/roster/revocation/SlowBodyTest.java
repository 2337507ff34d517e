package dev.roster.revocation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.RawHttp.Answer;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body may come long after the head that its caller was let in by: what ended the token meanwhile holds for it too. */
@QuarkusTest
class SlowBodyTest {
    private static final String BODY = "{\"name\": \"late\"}";

    @Inject
    MeterRegistry metrics;

    private final TestOrganization organization = TestOrganization.create();
    private String ann;
    private TestClient bob;

    @BeforeEach
    void addTwoAdministrators() {
        ann = organization.token(Role.ADMIN);
        bob = organization.add("bob", Role.ADMIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sessions | POST  | /api/v1/users             | {"name": "late"}
            sessions | PATCH | /api/v1/users/me/settings | {"theme": "dark"}
            sessions | POST  | /api/v1/organizations     | {"name": "late"}
            account  | POST  | /api/v1/users             | {"name": "late"}
            account  | POST  | /api/v1/app/user          | {"name": "late", "email": "late@example.com"}
            account  | PATCH | /api/v1/users/carol       | {"role": "admin"}
            account  | POST  | /api/v1/service-accounts  | {"name": "late", "role": "admin"}
            account  | POST  | /api/v1/invites           | {"email": "late@example.com", "role": "admin"}
            account  | POST  | /api/v1/groups            | {"name": "late"}
            account  | PATCH | /api/v1/organization      | {"display_name": "late"}
            """)
    void whenTheCallerEndsBeforeTheBodyThenNothingIsDone(String ending, String method, String path, String body)
            throws Exception {
        organization.add("carol", Role.MEMBER);
        String token = path.endsWith("/organizations") ? systemToken() : bob.token();
        assertRefused(
                half(token, method, path, body, ending.equals("sessions") ? this::endSessions : this::deactivate));
        assertEquals(0L, count("users", "username = 'late' OR username = 'carol' AND role = 'admin'"));
        assertEquals(0L, count("settings", "true"));
        assertEquals(0L, count("invites", "true"));
        assertEquals(0L, count("groups", "name = 'late'"));
        assertEquals(
                0L, Database.value("SELECT count(*) FROM organizations WHERE name = 'late' OR display_name = 'late'"));
    }

    private String systemToken() {
        bob.becomeSystem();
        return bob.token("system " + String.join(" ", Role.ADMIN.scopes()));
    }

    private void endSessions() {
        given().auth().oauth2(ann).delete("/api/v1/users/bob/sessions").then().statusCode(204);
    }

    private void deactivate() {
        change("{\"status\": \"deactivated\"}");
    }

    private void change(String bob) {
        given().auth()
                .oauth2(ann)
                .contentType("application/json")
                .body(bob)
                .patch("/api/v1/users/bob")
                .then()
                .statusCode(200);
    }

    @Test
    void whenTheAccountOfAKeyIsDemotedBeforeTheBodyThenNothingIsDone() throws Exception {
        String key = TestClient.key(bob.token());
        assertRefused(half(key, "POST", "/api/v1/users", BODY, () -> change("{\"role\": \"member\"}")));
        assertEquals(0L, count("users", "username = 'late'"));
    }

    @Test
    void whenNothingEndsThenItIsDone() throws Exception {
        Answer answer = half(bob.token(), "POST", "/api/v1/users", BODY, () -> {});
        assertEquals(201, answer.status(), answer.body());
        assertEquals(1L, count("users", "username = 'late'"));
    }

    /** Sends all but the last letter of a request, does something, and sends the rest. */
    private Answer half(String token, String method, String path, String body, Runnable meanwhile) throws IOException {
        URI service = URI.create(RestAssured.baseURI);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(service.getHost(), RestAssured.port)) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                            + token + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, 0, bytes.length - 1);
            out.flush();
            // Kept only once the caller is let in
            Eventually.holds(() -> metrics.get("roster.http.bodies").gauge().value() > 0);
            meanwhile.run();
            out.write(bytes, bytes.length - 1, 1);
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(answer.substring(0, end), answer.substring(end + 4));
        }
    }

    private static void assertRefused(Answer answer) {
        assertEquals(401, answer.status(), answer.body());
        assertEquals(
                "Bearer realm=\"roster\", error=\"invalid_token\","
                        + " error_description=\"The access token is not valid or has expired\"",
                answer.header("www-authenticate"));
        assertEquals("invalid_token", new JsonObject(answer.body()).getString("code"));
    }

    private Object count(String table, String condition) {
        return Database.value(
                "SELECT count(*) FROM " + table + " WHERE organization_id = ? AND (" + condition + ")",
                organization.id());
    }
}
