package dev.roster.web;

import static dev.roster.web.CodeFlow.answerOf;
import static dev.roster.web.CodeFlow.location;
import static dev.roster.web.CodeFlow.onward;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application asks about the sign-in itself (OpenID Connect Core section 3.1.2.1). */
@QuarkusTest
@Tag("packaged")
class SignInAnewTest {
    private CodeFlow flow;

    @BeforeEach
    void connect() {
        flow = CodeFlow.with("openid");
    }

    @ParameterizedTest
    @CsvSource({"prompt, login", "prompt, select_account", "prompt, login select_account", "max_age, 0"})
    void whenAskedForThenThePersonReallySignsInAgain(String name, String value) {
        flow.signIn();
        age();
        String back = back(flow.authorize(Map.of(name, value)));
        // Coming back alone is no sign-in, however often
        assertTrue(location(flow.browser.get(back)).startsWith("/signin?"));
        Response signedIn = flow.signIn("ada", back);
        assertEquals(back, onward(signedIn));
        String code = answerOf(location(flow.browser.get(back))).get("code");
        assertEquals(200, flow.exchange(code).statusCode());
    }

    @Test
    void whenTheWayBackIsChangedThenSignInOnceMore() {
        flow.signIn();
        age();
        String back = back(flow.authorize(Map.of("prompt", "login")));
        assertEquals(back, onward(flow.signIn("ada", back)));
        assertTrue(location(flow.browser.get(back.replace("state=", "state=x"))).startsWith("/signin?"));
        assertTrue(location(flow.browser.get(back.replaceFirst("asked=[^&]*", "asked=x.y.z")))
                .startsWith("/signin?"));
        assertTrue(location(flow.browser.get(back.replaceFirst("&asked=[^&]*", "")))
                .startsWith("/signin?"));
        String elsewhere = back(flow.authorize(Map.of("prompt", "login", "state", "other")));
        String mark = elsewhere.replaceFirst(".*(asked=[^&]*).*", "$1");
        assertTrue(location(flow.browser.get(back.replaceFirst("asked=[^&]*", mark)))
                .startsWith("/signin?"));
        assertTrue(answerOf(location(flow.browser.get(back))).containsKey("code"));
    }

    @Test
    void whenLoginAndConsentAreAskedForThenBothAndTheDecisionCounts() {
        flow.signIn();
        age();
        String back = back(flow.authorize(Map.of("prompt", "login consent")));
        onward(flow.signIn("ada", back));
        String page = flow.browser.get(back).asString();
        assertTrue(page.contains("Let Wiki in?"), page);
        String query = back.substring(back.indexOf('?') + 1);
        Response decided = flow.browser.submit(back, CodeFlow.AUTHORIZE, Map.of("query", query, "decision", "allow"));
        assertTrue(answerOf(onward(decided)).containsKey("code"));
        // A decision alone is no sign-in
        String without = query.replaceFirst("&asked=[^&]*", "");
        Response skipped = flow.browser.submit(back, CodeFlow.AUTHORIZE, Map.of("query", without, "decision", "allow"));
        assertTrue(location(skipped).startsWith("/signin?"));
    }

    @Test
    void whenTheSignInGetsTooOldWhileTheConsentIsShownThenSignInOnceMore() {
        Database.execute("UPDATE applications SET is_first_party = false WHERE id = ?", flow.application);
        flow.signIn();
        String asked = CodeFlow.AUTHORIZE + CodeFlow.query(flow.parameters(Map.of("max_age", "600")));
        assertTrue(flow.browser.get(asked).asString().contains("Let Wiki in?"));
        age();
        Response late = decide(asked);
        String back = back(late);
        onward(flow.signIn("ada", back));
        assertTrue(flow.browser.get(back).asString().contains("Let Wiki in?"));
        age();
        // Also after the sign-in that was asked for
        assertTrue(location(decide(back)).startsWith("/signin?"));
        onward(flow.signIn("ada", back));
        assertTrue(answerOf(onward(decide(back))).containsKey("code"));
    }

    private Response decide(String shown) {
        String query = shown.substring(shown.indexOf('?') + 1);
        return flow.browser.submit("/signin", CodeFlow.AUTHORIZE, Map.of("query", query, "decision", "allow"));
    }

    @Test
    void whenHintSpeaksOfAnotherThenThatOneSignsIn() {
        flow.signIn();
        String hint = flow.tokens(Map.of()).path("id_token");
        assertTrue(flow.answer(Map.of("id_token_hint", hint, "prompt", "none")).containsKey("code"));
        UUID bob = TestRows.person(flow.organization, "bob", Role.MEMBER);
        CodeFlow.setPassword(flow.organization, bob);
        assertEquals(303, flow.signIn("bob", "").statusCode());
        assertEquals(
                "login_required",
                flow.answer(Map.of("id_token_hint", hint, "prompt", "none")).get("error"));
        String back = back(flow.authorize(Map.of("id_token_hint", hint)));
        onward(flow.signIn("bob", back));
        assertEquals(
                "login_required", answerOf(location(flow.browser.get(back))).get("error"));
        String again = back(flow.authorize(Map.of("id_token_hint", hint)));
        onward(flow.signIn("ada", again));
        assertTrue(answerOf(location(flow.browser.get(again))).containsKey("code"));
    }

    @Test
    void whenHintIsNoneOfTheApplicationThenRefused() {
        CodeFlow signedOut = CodeFlow.with("openid");
        flow.signIn();
        Response tokens = flow.tokens(Map.of());
        String foreign = CodeFlow.with("openid").signIn().tokens(Map.of()).path("id_token");
        for (String hint : new String[] {"x.y.z", tokens.path("access_token"), foreign}) {
            assertEquals(
                    "invalid_request",
                    flow.answer(Map.of("id_token_hint", hint)).get("error"));
            // Nobody signs in for it first
            assertEquals(
                    "invalid_request",
                    signedOut.answer(Map.of("id_token_hint", hint)).get("error"));
            assertEquals(
                    "invalid_request",
                    signedOut
                            .answer(Map.of("id_token_hint", hint, "prompt", "none"))
                            .get("error"));
        }
    }

    @Test
    void whenPasswordIsToBeChangedThenInteractionIsRequired() {
        flow.signIn();
        Database.execute("UPDATE users SET password_expired = true WHERE id = ?", flow.person);
        assertEquals(
                "interaction_required", flow.answer(Map.of("prompt", "none")).get("error"));
    }

    /** As if everybody had signed in an hour ago. */
    private void age() {
        Database.execute(
                "UPDATE browser_sessions SET authenticated_at = "
                        + Database.earlier("authenticated_at", "interval '1 hour'") + " WHERE organization_id = ?",
                flow.organization.id());
    }

    /** Where the sign-in leads on to. */
    private static String back(Response toSignIn) {
        String location = location(toSignIn);
        assertTrue(location.startsWith("/signin?"), location);
        return answerOf(location).get("continue");
    }
}
