package dev.roster.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.Replica;
import dev.roster.testing.TestDatabase;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

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
            assertTrue(browser.text().contains("You are signed out."), browser.text());
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
            assertTrue(browser.text().contains("This is one of the most common passwords"), browser.text());
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
            there.unfold("End all others");
            there.press("End all others now");
            there.awaitPath("/account");
            Eventually.holds(() -> {
                here.open("/account/keys");
                return here.path().equals("/signin?continue=%2Faccount%2Fkeys");
            });
            there.open("/account/keys");
            there.awaitPath("/account/keys");
        }
    }

    @Test
    void whenAnApplicationSendsThePersonThenItComesBackWithACodeAndIsSignedOutAtItsWish() throws Exception {
        invited();
        UUID application = TestRows.application(organization);
        TestRows.applicationSecret(organization, application, CodeFlow.SECRET);
        Database.execute(
                "UPDATE applications SET redirect_uris = '{http://127.0.0.1/cb}',"
                        + " post_logout_redirect_uris = '{http://127.0.0.1/bye}' WHERE id = ?",
                application);
        BlockingQueue<URI> came = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cb", exchange -> {
            came.add(exchange.getRequestURI());
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<body>You are back".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try (Chromium browser = Chromium.start(base(), false)) {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/cb";
            browser.open("/oauth2/authorize?response_type=code&client_id=test-" + application + "&state=s&redirect_uri="
                    + URLEncoder.encode(uri, StandardCharsets.UTF_8) + "&code_challenge_method=S256&code_challenge="
                    + CodeGrant.CHALLENGE);
            signIn(browser, PASSWORD);
            browser.awaitText("Let Wiki in?");
            browser.press("Allow");
            Map<String, String> answer =
                    CodeFlow.answerOf(came.poll(60, TimeUnit.SECONDS).toString());
            assertEquals("s", answer.get("state"));
            browser.awaitText("You are back");
            new CodeGrant(application, CodeFlow.SECRET)
                    .exchange(answer.get("code"), uri, CodeGrant.VERIFIER)
                    .then()
                    .statusCode(200);
            browser.open("/oauth2/logout?client_id=test-" + application);
            browser.press("Sign out");
            browser.awaitText("You are signed out");
            browser.open("/account");
            browser.awaitPath("/signin?continue=%2Faccount");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whenTheNavigationIsSkippedThenTheNextStopIsBehindIt() {
        invited();
        try (Chromium browser = Chromium.start(base(), false)) {
            browser.open("/signin");
            signIn(browser, PASSWORD);
            browser.awaitPath("/account");
            browser.open("/account");
            browser.type(Keys.TAB);
            assertEquals("Skip to the content", browser.focused());
            browser.type(Keys.ENTER);
            browser.type(Keys.TAB);
            assertEquals("Change your name", browser.focused());
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
            browser.unfold("End");
            browser.press("End for good");
            assertTrue(browser.text().contains("The key is ended."), browser.text());
            assertTrue(browser.text().contains("You have no keys."), browser.text());
            assertEquals(
                    401,
                    given().auth()
                            .preemptive()
                            .oauth2(key)
                            .get("/api/v1/users/me")
                            .statusCode());
            browser.follow("Applications");
            browser.unfold("Withdraw");
            browser.press("Withdraw now");
            assertTrue(browser.text().contains("You have let no application in."), browser.text());
        }
    }
}
