package dev.roster.web;

import static dev.roster.web.CodeFlow.AUTHORIZE;
import static dev.roster.web.CodeFlow.answerOf;
import static dev.roster.web.CodeFlow.location;
import static dev.roster.web.CodeFlow.onward;
import static dev.roster.web.CodeFlow.query;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Database;
import dev.roster.testing.ProjectFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attacks of RFC 9700 section 4 that no other test tries, and that each has a test. */
@QuarkusTest
@Tag("packaged")
class ThreatsTest {
    // Another one than that of the flow
    private static final String CHALLENGE = "xSeGBIUvfXVFzMHJNYLNDbtfCVxYR4jYgQSjDsOvnyc";
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private CodeFlow flow;

    @BeforeEach
    void signIn() {
        flow = CodeFlow.with("openid").signIn();
    }

    @Test
    void whenCodeOfAnotherRequestIsInjectedThenRefused() {
        String stolen = flow.answer(Map.of("code_challenge", CHALLENGE)).get("code");
        assertEquals("invalid_grant", flow.exchange(stolen).path("error"));
        assertEquals(200, flow.exchange(flow.answer(Map.of()).get("code")).statusCode());
    }

    @Test
    void whenPkceIsLeftOutThenNoCodeAndNoToken() {
        assertEquals(
                "invalid_request", flow.answer(Map.of("code_challenge", "")).get("error"));
        assertEquals(
                "invalid_request",
                flow.answer(Map.of("code_challenge_method", "plain")).get("error"));
        String code = flow.answer(Map.of()).get("code");
        assertEquals("invalid_request", flow.exchange(code, "").path("error"));
    }

    @Test
    void whenTokenIsInTheQueryThenNotTaken() {
        String token = flow.tokens(Map.of()).path("access_token");
        for (String path : List.of("/oauth2/userinfo", "/api/v1/users/me")) {
            Response refused = given().urlEncodingEnabled(false).get(path + "?access_token=" + token);
            assertEquals(401, refused.statusCode());
        }
    }

    @Test
    void whenAnswerIsAnErrorThenItSaysWhoseItIsToo() {
        for (Map<String, String> request :
                List.of(Map.<String, String>of(), Map.of("scope", "users:write"), Map.of("response_type", "token"))) {
            assertEquals(CodeFlow.issuer(), flow.answer(request).get("iss"));
        }
    }

    @Test
    void whenPageIsShownOnTheWayThenNoFrameNoReferrerAndNothingOfOthers() {
        Database.execute("UPDATE applications SET is_first_party = false WHERE id = ?", flow.application);
        String query = query(flow.parameters(Map.of()));
        Response consent = flow.browser.get(AUTHORIZE + query);
        Response onward = flow.browser.submit(
                AUTHORIZE + query, AUTHORIZE, Map.of("query", query.substring(1), "decision", "allow"));
        assertTrue(answerOf(onward(onward)).containsKey("code"));
        for (Response page : List.of(consent, onward, flow.browser.get("/oauth2/logout"))) {
            assertEquals(200, page.statusCode());
            assertEquals("no-referrer", page.header("Referrer-Policy"));
            assertEquals("no-store", page.header("Cache-Control"));
            String policy = page.header("Content-Security-Policy");
            assertTrue(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), policy);
            assertFalse(page.asString().contains("<script"));
            assertFalse(Pattern.compile("(src|href)=\"(https?:)?//(?!wiki\\.example\\.com/cb)")
                    .matcher(page.asString())
                    .find());
        }
    }

    @Test
    void whenAFormWithAPasswordIsAnsweredThenItIsNotSentOn() {
        Response answer = flow.signIn("ada", "/account");
        // 307 and 308 would send the password to where they lead (RFC 9700 section 4.12)
        assertEquals(303, answer.statusCode());
        assertEquals(
                303, flow.browser.post(AUTHORIZE, flow.parameters(Map.of())).statusCode());
        // To an application not even that: by a page, which sends nothing
        String way = AUTHORIZE + query(flow.parameters(Map.of()));
        assertEquals(way, onward(flow.signIn("ada", way)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/",
                "//evil.example.com/",
                "/\\evil.example.com/",
                "/%2F/evil.example.com",
                "https:evil.example.com",
                "javascript:alert(1)",
                "/account\nLocation: https://evil.example.com"
            })
    void whenTheWayOnLeadsElsewhereThenItIsNotTaken(String elsewhere) {
        assertEquals("/account", location(flow.signIn("ada", elsewhere)));
    }

    @Test
    void whenAnswerWouldGoByAMessageOrAFragmentThenRefused() {
        for (String mode : List.of("web_message", "fragment", "form_post")) {
            assertEquals(
                    "invalid_request",
                    flow.answer(Map.of("response_mode", mode)).get("error"));
        }
        for (String type : List.of("token", "id_token", "code id_token")) {
            assertEquals(
                    "unsupported_response_type",
                    flow.answer(Map.of("response_type", type)).get("error"));
        }
    }

    @Test
    void whenRuleIsDocumentedThenItsTestIsThere() {
        String document = ProjectFiles.text("docs/security.md");
        String table = document.substring(document.indexOf("<!-- threats -->"));
        Matcher named = NAMED.matcher(table);
        int count = 0;
        while (named.find()) {
            assertTrue(has(named.group(1), named.group(2)), named.group());
            count++;
        }
        assertTrue(count > 20, document);
    }

    private static boolean has(String type, String method) {
        return ProjectFiles.below(Path.of("src/test/java"), "/" + type + ".java").stream()
                .anyMatch(source -> ProjectFiles.text(source).contains("void " + method + "("));
    }
}
