package dev.roster.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, over the packaged application. */
@QuarkusIntegrationTest
class BrowserIT {
    private static final String PASSWORD = "correct horse battery staple";

    private final TestOrganization organization = TestOrganization.create();
    private final String email = "ada-" + UUID.randomUUID() + "@example.org";

    @Test
    void withoutScriptsFromTheLinkOfTheInviteToTheAccountAndBackIn() {
        try (Chromium browser = Chromium.start(base(), false)) {
            browser.open(invite());
            assertTrue(browser.text().contains("admin invites " + email + " to Test as member."), browser.text());
            accept(browser);
            browser.awaitPath("/account");
            assertTrue(browser.text().contains("Signed in as Ada Lovelace at Test."), browser.text());
            browser.press("Sign out");
            browser.awaitPath("/signin");
            signIn(browser, "wrong");
            assertTrue(browser.text().contains("The name or the password is wrong."), browser.text());
            signIn(browser, PASSWORD);
            browser.awaitPath("/account");
        }
    }

    @Test
    void whenTheSessionEndsInTheApiThenThePageAsksToSignIn() {
        try (Chromium browser = Chromium.start(base(), false)) {
            browser.open(invite());
            accept(browser);
            browser.awaitPath("/account");
            String id = (String) Database.value(
                    "SELECT username FROM users WHERE organization_id = ? AND email = ?", organization.id(), email);
            List<String> sessions = given().auth()
                    .preemptive()
                    .oauth2(organization.token(Role.ADMIN))
                    .get("/api/v1/users/{id}/sessions", id)
                    .path("items.id");
            for (String session : sessions) {
                given().auth()
                        .preemptive()
                        .oauth2(organization.token(Role.ADMIN))
                        .delete("/api/v1/users/{id}/sessions/{session}", id, session)
                        .then()
                        .statusCode(204);
            }
            browser.open("/account");
            browser.awaitPath("/signin?continue=%2Faccount");
        }
    }

    @Test
    void axeFindsNothingInEitherColourAndNothingScrollsSideways() {
        List<String> wrong = new ArrayList<>();
        try (Chromium browser = Chromium.start(base(), true)) {
            String invite = invite();
            look(browser, "start", "/", wrong);
            look(browser, "signin", "/signin", wrong);
            look(browser, "invite-unknown", "/invite?code=x", wrong);
            look(browser, "not-found", "/account/nothing", wrong);
            look(browser, "invite", invite, wrong);
            browser.open("/signin");
            signIn(browser, "wrong");
            look(browser, "signin-wrong", null, wrong);
            browser.open(invite);
            accept(browser);
            browser.awaitPath("/account");
            look(browser, "account", null, wrong);
            look(browser, "password", "/password", wrong);
        }
        assertEquals(List.of(), wrong);
    }

    private static void look(Chromium browser, String name, String path, List<String> wrong) {
        if (path != null) {
            browser.open(path);
        }
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            browser.width(800);
            browser.findings().forEach(finding -> wrong.add(name + " " + scheme + ": " + finding));
            browser.picture(name + "-" + scheme);
            browser.width(320);
            if (browser.scrollsSideways()) {
                wrong.add(name + " scrolls sideways");
            }
        }
        assertFalse(browser.text().isEmpty());
    }

    private static void accept(Chromium browser) {
        browser.fill("name", "Ada Lovelace");
        browser.fill("password", PASSWORD);
        browser.press("Accept the invite");
    }

    private void signIn(Chromium browser, String password) {
        browser.fill("organization", organization.name());
        browser.fill("name", email);
        browser.fill("password", password);
        browser.press("Sign in");
    }

    private String invite() {
        String link = given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "role", "member"))
                .post("/api/v1/invites")
                .path("invite_link");
        return link.substring(link.indexOf("/invite?"));
    }

    private static String base() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }
}
