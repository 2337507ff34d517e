package dev.roster.web;

import static io.restassured.RestAssured.given;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.MailServer;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests in a browser share: a person of an organization, and the mails that it gets. */
@WithTestResource(value = MailServerResource.class, scope = TestResourceScope.MATCHING_RESOURCES)
abstract class BrowserPages {
    static final String PASSWORD = "correct horse battery staple";
    private static final Pattern LINK = Pattern.compile("http://[^/\\s]+(/[a-z/-]+\\?code=[\\w-]{64})");

    final TestOrganization organization = TestOrganization.create();

    // Of this test alone: the mails of one before may come late
    final String email = "ada@" + organization.id().toString().substring(0, 8) + ".example.org";

    MailServer mails;

    @BeforeEach
    void startMails() {
        mails = MailServer.start();
        Database.execute("DELETE FROM rate_limits WHERE name = 'password-reset:network'");
    }

    @AfterEach
    void stopMails() {
        mails.close();
    }

    static void accept(Chromium browser) {
        browser.fill("name", "Ada Lovelace");
        browser.fill("password", PASSWORD);
        browser.press("Accept the invite");
    }

    void signIn(Chromium browser, String password) {
        browser.fill("organization", organization.name());
        browser.fill("name", email);
        browser.fill("password", password);
        browser.press("Sign in");
    }

    /** The account of a person that has come in. */
    UUID invited() {
        String link = invite();
        TestBrowser person = new TestBrowser();
        person.submit(
                        link,
                        "/invite",
                        Map.of("code", link.replaceAll(".*code=", ""), "name", "Ada Lovelace", "password", PASSWORD))
                .then()
                .statusCode(303);
        return (UUID) Database.value(
                "SELECT id FROM users WHERE organization_id = ? AND email = ?", organization.id(), email);
    }

    String invite() {
        asAdmin()
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "role", "member"))
                .post("/api/v1/invites")
                .then()
                .statusCode(201);
        return link(mails.awaitMails(email, 1).get(0));
    }

    RequestSpecification asAdmin() {
        return given().auth().preemptive().oauth2(organization.token(Role.ADMIN));
    }

    static String link(MimeMessage mail) {
        return MailServer.found(mail, LINK).group(1);
    }

    static String base() {
        return RestAssured.baseURI + ":" + RestAssured.port;
    }
}
