package dev.roster.web;

import static dev.roster.web.CodeFlow.answerOf;
import static dev.roster.web.CodeFlow.location;
import static dev.roster.web.CodeFlow.onward;
import static dev.roster.web.CodeFlow.query;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program on a device, which is answered by a scheme of its own (RFC 8252 section 7.1). */
@QuarkusTest
@Tag("packaged")
class NativeApplicationTest {
    private static final String APP = "com.example.app:/callback";

    private CodeFlow flow;

    @BeforeEach
    void isPublic() {
        flow = CodeFlow.with("openid");
        Database.execute(
                "UPDATE applications SET is_public = true, redirect_uris = ?::text[],"
                        + " post_logout_redirect_uris = '{com.example.app:/bye}' WHERE id = ?",
                "{" + APP + ",http://127.0.0.1/cb}",
                flow.application);
        flow.signIn();
    }

    @Test
    void whenAgreedThenCodeByItsSchemeAndTokens() {
        String asked = CodeFlow.AUTHORIZE + query(flow.parameters(Map.of("redirect_uri", APP)));
        // Also of the operator's own: nobody knows which program the device gives the code to (section 8.6)
        for (int i = 0; i < 2; i++) {
            Response page = flow.browser.get(asked);
            assertTrue(page.asString().contains("Let Wiki in?"), page.asString());
            String policy = page.header("Content-Security-Policy");
            assertTrue(policy.contains("form-action 'self'"), policy);
            Response decided = flow.browser.submit(
                    asked,
                    CodeFlow.AUTHORIZE,
                    Map.of("query", asked.substring(asked.indexOf('?') + 1), "decision", "allow"));
            assertFalse(decided.header("Content-Security-Policy").contains("com.example"));
            String answer = onward(decided);
            assertTrue(answer.startsWith(APP + "?code="), answer);
            assertTrue(decided.asString().contains("<a class=\"button\" href=\"" + APP), decided.asString());
            assertEquals(CodeFlow.issuer(), answerOf(answer).get("iss"));
            String code = answerOf(answer).get("code");
            if (i == 0) {
                assertEquals(400, exchange(code, "com.example.app:/other").statusCode());
            }
            assertEquals(i == 0 ? 400 : 200, exchange(code, APP).statusCode());
        }
    }

    @Test
    void whenNothingMayBeShownThenConsentIsRequired() {
        String answer = location(flow.authorize(Map.of("redirect_uri", APP, "prompt", "none")));
        assertTrue(answer.startsWith(APP + "?error=consent_required&"), answer);
        // Its loopback address is like any other
        assertTrue(location(flow.authorize(Map.of("redirect_uri", "http://127.0.0.1:4711/cb")))
                .startsWith("http://127.0.0.1:4711/cb?code="));
    }

    @Test
    void whenSchemeOrPathIsAnotherThenAPage() {
        for (String uri : new String[] {
            "com.example.app:/Callback",
            "COM.EXAMPLE.APP:/callback",
            "com.example.app://callback",
            "com.example.app:callback",
            "com.example.app2:/callback",
            "com.example.app:/callback?x",
            "com.example.app:1/callback"
        }) {
            Response refused = flow.authorize(Map.of("redirect_uri", uri));
            assertEquals(400, refused.statusCode(), uri);
            assertNull(refused.header("Location"));
        }
    }

    @Test
    void whenSignedOutThenBackToTheProgram() {
        Response out = flow.browser.get("/oauth2/logout"
                + query(Map.of("client_id", flow.clientId, "post_logout_redirect_uri", "com.example.app:/bye")));
        assertTrue(out.asString().contains("Sign out?"), out.asString());
        // And no page of another origin reads its answers
        assertNull(given().header("Origin", "com.example.app://")
                .formParam("client_id", flow.clientId)
                .formParam("token", "x")
                .post("/oauth2/revoke")
                .header("Access-Control-Allow-Origin"));
    }

    private Response exchange(String code, String uri) {
        return new CodeGrant(flow.application, null).exchange(code, uri, CodeGrant.VERIFIER);
    }
}
