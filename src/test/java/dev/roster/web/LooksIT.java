package dev.roster.web;

import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How all pages look in a real browser; {@code -Droster.pictures=FOLDER} keeps pictures of them. */
@QuarkusIntegrationTest
@WithTestResource(value = MailServerResource.class, scope = TestResourceScope.MATCHING_RESOURCES)
class LooksIT extends BrowserPages {
    @Test
    void axeFindsNothingInEitherColourAndNothingScrollsSideways() {
        brand();
        UUID wiki = TestRows.application(organization);
        try (Chromium browser = Chromium.start(base(), true)) {
            Look look = new Look(browser);
            look.at("start", "/");
            look.at("signin", "/signin");
            look.at("invite-unknown", "/invite?code=x");
            look.at("not-found", "/account/nothing");
            look.at("invite", invite());
            accept(browser);
            browser.awaitPath("/account");
            UUID account = (UUID) Database.value(
                    "SELECT id FROM users WHERE organization_id = ? AND email = ?", organization.id(), email);
            TestRows.consent(organization, account, wiki);
            TestRows.apiKey(organization, account);
            look.at("account");
            look.at("signed-in", "/signin");
            look.at("profile", "/account/profile");
            look.at("password", "/password");
            look.at("applications", "/account/applications");
            look.at("keys", "/account/keys");
            browser.unfold("End");
            look.at("keys-end");
            browser.fill("name", "Monthly report");
            browser.press("Make the key");
            look.at("keys-refused");
            browser.check("scope:users:read");
            browser.press("Make the key");
            look.at("key");
            look.at("consent", consent(wiki));
            changeAddress(browser, look);
            look.at("logout", "/oauth2/logout");
            browser.press("Sign out");
            look.at("signed-out");
            browser.open("/signin");
            signIn(browser, "wrong");
            look.at("signin-wrong");
            resetPassword(browser, look);
            look.assertFine();
        }
    }

    private void changeAddress(Chromium browser, Look look) {
        browser.open("/account/email");
        browser.fill("email", "new-" + email);
        browser.fill("current_password", "wrong");
        browser.press("Change your e-mail address");
        look.at("email-refused");
        browser.fill("current_password", PASSWORD);
        browser.press("Change your e-mail address");
        browser.awaitPath("/account");
        browser.open(link(mails.awaitMails("new-" + email, 1).get(0)));
        look.at("confirm-email");
        browser.open("/confirm-email?code=x");
        look.at("confirm-email-ended");
    }

    private void resetPassword(Chromium browser, Look look) {
        look.at("forgot", "/password/forgot?organization=" + organization.name());
        browser.fill("name", email);
        browser.press("Send the mail");
        look.at("forgot-sent");
        browser.open(link(mails.awaitMails(email, 2).get(1)));
        browser.fill("new_password", "password");
        browser.press("Choose a new password");
        look.at("reset");
        browser.fill("new_password", "another " + PASSWORD);
        browser.press("Choose a new password");
        look.at("reset-done");
    }

    private void brand() {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "display_name", "Test",
                        "support_url", "https://help.example.com",
                        "logo", Base64.getEncoder().encodeToString(Logo.png())))
                .patch("/api/v1/organization")
                .then()
                .statusCode(200);
    }

    private static String consent(UUID application) {
        return "/oauth2/authorize?response_type=code&client_id=test-" + application
                + "&redirect_uri=https%3A%2F%2Fwiki.example.com%2Fcb&code_challenge_method=S256&code_challenge="
                + CodeGrant.CHALLENGE + "&prompt=consent";
    }
}
