package dev.roster.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Database;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.Replica;
import dev.roster.testing.TestDatabase;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, over the packaged application and a real mail server; scripts are off. */
@QuarkusIntegrationTest
@WithTestResource(value = MailServerResource.class, scope = TestResourceScope.MATCHING_RESOURCES)
class BrowserIT extends BrowserPages {
    @Test
    void fromTheLinkOfTheInviteToTheAccountAndBackIn() {
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
    void whenAPasswordIsForgottenThenTheLinkOfTheMailLeadsBackIn() {
        invited();
        try (Chromium browser = Chromium.start(base(), false)) {
            browser.open("/signin?organization=" + organization.name());
            browser.follow("Forgotten password?");
            browser.awaitPath("/password/forgot?organization=" + organization.name());
            browser.fill("name", email);
            browser.press("Send the mail");
            assertTrue(browser.text().contains("Look into your mailbox"), browser.text());
            String link = link(mails.awaitMails(email, 2).get(1));
            browser.open(link);
            browser.fill("new_password", "password");
            browser.press("Choose a new password");
            assertTrue(browser.text().contains("This password is refused"), browser.text());
            browser.fill("new_password", "another " + PASSWORD);
            browser.press("Choose a new password");
            assertTrue(browser.text().contains("Your password is changed"), browser.text());
            browser.follow("Sign in");
            browser.fill("password", "another " + PASSWORD);
            browser.press("Sign in");
            browser.awaitPath("/account");
            browser.open(link);
            assertTrue(browser.text().contains("The link was used"), browser.text());
        }
    }

    @Test
    void whenTooManyPasswordsAreTriedThenSaidWhenToComeBack() {
        invited();
        try (Chromium browser = Chromium.start(base(), false)) {
            browser.open("/signin");
            for (int i = 0; i < 12 && !browser.text().contains("Too many wrong passwords"); i++) {
                signIn(browser, "wrong " + i);
            }
            assertTrue(browser.text().contains("Too many wrong passwords were tried. Wait "), browser.text());
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
            List<String> sessions =
                    asAdmin().get("/api/v1/users/{id}/sessions", id).path("items.id");
            for (String session : sessions) {
                asAdmin()
                        .delete("/api/v1/users/{id}/sessions/{session}", id, session)
                        .then()
                        .statusCode(204);
            }
            browser.open("/account");
            browser.awaitPath("/signin?continue=%2Faccount");
        }
    }

    @Test
    void whenTheSessionEndsOnAnotherReplicaThenThePageAsksToSignIn(@TempDir Path folder) throws Exception {
        invited();
        try (Replica other = Replica.start(TestDatabase.address().url(), folder);
                Chromium here = Chromium.start(base(), false);
                Chromium there = Chromium.start("http://localhost:" + other.port(), false)) {
            here.open("/signin");
            signIn(here, PASSWORD);
            here.awaitPath("/account");
            there.open("/signin");
            signIn(there, PASSWORD);
            there.awaitPath("/account");
            there.press("End all others");
            there.awaitPath("/account");
            here.open("/account/keys");
            here.awaitPath("/signin?continue=%2Faccount%2Fkeys");
            there.open("/account/keys");
            there.awaitPath("/account/keys");
        }
    }

    @Test
    void whenSignedInThenNamesKeysAndApplicationsAreOnesOwn() {
        UUID account = invited();
        TestRows.consent(organization, account, TestRows.application(organization));
        try (Chromium browser = Chromium.start(base(), false)) {
            browser.open("/signin");
            signIn(browser, PASSWORD);
            browser.awaitPath("/account");
            browser.follow("Change your name");
            browser.fill("display_name", "Countess");
            browser.press("Save");
            browser.awaitPath("/account");
            assertTrue(browser.text().contains("Signed in as Countess at Test."), browser.text());
            browser.follow("API keys");
            browser.fill("name", "Report");
            browser.check("scope:users:read");
            browser.press("Make the key");
            String key = browser.value("key");
            assertEquals(
                    200,
                    given().auth()
                            .preemptive()
                            .oauth2(key)
                            .get("/api/v1/users/me")
                            .statusCode());
            browser.follow("I have copied it");
            assertFalse(browser.text().contains(key));
            browser.press("End");
            assertTrue(browser.text().contains("You have no keys."), browser.text());
            assertEquals(
                    401,
                    given().auth()
                            .preemptive()
                            .oauth2(key)
                            .get("/api/v1/users/me")
                            .statusCode());
            browser.follow("Applications");
            browser.press("Withdraw");
            assertTrue(browser.text().contains("You have let no application in."), browser.text());
        }
    }
}
