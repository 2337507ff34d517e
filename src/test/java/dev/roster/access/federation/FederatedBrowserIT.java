package dev.roster.access.federation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.web.Chromium;
import dev.roster.web.Look;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Persons come in by another provider with a real browser; {@code -Droster.pictures=FOLDER} keeps pictures of the pages. */
@QuarkusIntegrationTest
@TestProfile(FederationTest.WithIssuers.class)
class FederatedBrowserIT {
    private static final String PASSWORD = "correct horse battery staple";
    private static final String BUTTON = "Continue with Keycloak";

    private static StandInIssuer server;
    private static StandInProvider provider;

    private final TestOrganization organization = TestOrganization.shared(
            UUID.fromString("00000000-0000-7000-8000-000000000004"), StandInProvider.BROWSER_ORGANIZATION);
    private final AtomicReference<String> subject = new AtomicReference<>();
    private String service;

    @BeforeAll
    static void start() throws JoseException {
        int port = Integer.getInteger(FederationTest.PORT);
        server = new StandInIssuer(port);
        PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("shown");
        provider = new StandInProvider(server, "http://127.0.0.1:" + port, "shown", key, false);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void agree() {
        service = RestAssured.baseURI + ":" + RestAssured.port;
        provider.agreeAtOnce(server, "shown", service, subject::get);
    }

    @Test
    void whenThePersonContinuesThereThenItIsSignedInHere() {
        subject.set(UUID.randomUUID().toString());
        try (Chromium browser = Chromium.start(service, false)) {
            browser.open("/signin?organization=" + organization.name());
            browser.press(BUTTON);
            browser.awaitPath("/account");
            browser.awaitText("Where you are signed in");
            assertFalse(browser.text().contains("Change your password"), browser.text());
        }
        assertEquals(1L, Database.value("SELECT count(*) FROM users WHERE oauth_id = ?", subject.get()));
    }

    @Test
    void whenWhoHasAPasswordContinuesThereThenTheAccountIsTheProviders() {
        String name = "ada-" + UUID.randomUUID();
        UUID account = TestRows.person(organization, name, Role.MEMBER);
        given().auth()
                .oauth2(organization.add("admin-" + name, Role.ADMIN).token())
                .contentType(ContentType.JSON)
                .body(Map.of("password", PASSWORD, "password_expired", false))
                .patch("/users/" + account)
                .then()
                .statusCode(200);
        try (Chromium browser = Chromium.start(service, true)) {
            Look look = new Look(browser);
            look.at("provider-signin", "/signin?organization=" + organization.name());
            look.at("provider-refused", "/signin/with/shown/callback?error=access_denied&state=x");
            browser.open("/signin?organization=" + organization.name());
            browser.fill("name", name);
            browser.fill("password", PASSWORD);
            browser.press("Sign in");
            browser.awaitPath("/account");
            look.at("provider", "/account/provider");
            subject.set(UUID.randomUUID().toString());
            browser.fill("current_password", PASSWORD);
            browser.press(BUTTON);
            browser.awaitPath("/account");
            look.assertFine();
        }
        assertEquals(account, Database.value("SELECT id FROM users WHERE oauth_id = ?", subject.get()));
    }
}
