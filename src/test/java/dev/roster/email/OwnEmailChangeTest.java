package dev.roster.email;

import static dev.roster.testing.Bearer.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.roster.audit.RecordedEvents;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.MailServer;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person's own change of address waits for who reads the new one. */
@QuarkusTest
@WithTestResource(value = MailServerResource.class, scope = TestResourceScope.MATCHING_RESOURCES)
class OwnEmailChangeTest {
    private static final Pattern LINK = Pattern.compile("http\\S+/confirm-email\\?code=[\\w-]{64}#token=([\\w.-]+)");
    private static final String MIA = "/api/v1/users/mia";

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient mia = organization.add("mia", Role.MEMBER);
    private final String old = "old-" + UUID.randomUUID() + "@example.org";
    private final String wanted = "new-" + UUID.randomUUID() + "@example.org";

    @Inject
    TestClock clock;

    @BeforeEach
    void hasAnAddress() {
        TestRows.email(mia.userId(), old);
    }

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void whenConfirmedThenChangedOnceAndTheFormerAddressIsTold() {
        try (MailServer server = MailServer.start()) {
            change(wanted)
                    .then()
                    .statusCode(200)
                    .body("profile.email_address", equalTo(old))
                    .body("profile.pending_email_address", equalTo(wanted));
            MimeMessage mail = server.awaitMails(wanted, 1).get(0);
            String token = linked(mail);
            confirm(token).then().statusCode(204);
            as(mia.token())
                    .get(MIA)
                    .then()
                    .body("profile.email_address", equalTo(wanted))
                    .body("profile.pending_email_address", nullValue());
            confirm(token).then().statusCode(410).body("code", equalTo("email_change_ended"));
            MimeMessage notice = server.awaitMails(old, 1).get(0);
            assertFalse(MailServer.part(notice, "text/plain").contains(wanted));
        }
    }

    @Test
    void whenAskedThroughAnotherContractThenItWaitsToo() {
        as(mia.token())
                .body(Map.of("email", wanted, "name", "Mia"))
                .patch("/users/{id}", mia.userId())
                .then()
                .statusCode(200)
                .body("email", equalTo(old))
                .body("name", equalTo("Mia"));
        as(mia.token()).get(MIA).then().body("profile.pending_email_address", equalTo(wanted));
    }

    @Test
    void whenAnybodyElseReadsThenOnlyAdministratorsSeeWhatWaits() {
        change(wanted);
        as(organization.token(Role.VIEWER)).get(MIA).then().body("profile.pending_email_address", nullValue());
        as(organization.token(Role.ADMIN)).get(MIA).then().body("profile.pending_email_address", equalTo(wanted));
    }

    @Test
    void whenSomethingElseChangesMeanwhileThenTheLinkIsDead() {
        try (MailServer server = MailServer.start()) {
            for (Map<String, ?> overtaking : java.util.List.of(
                    Map.of("email", "o-" + UUID.randomUUID() + "@example.org"),
                    Map.of("is_active", false),
                    Map.of("password_expired", true),
                    Map.of("password", "a long and good one"))) {
                String address = UUID.randomUUID() + "@example.org";
                change(address).then().statusCode(200);
                String token = linked(server.awaitMails(address, 1).get(0));
                byAdmin(overtaking);
                assertEnded(confirm(token));
                byAdmin(Map.of("is_active", true));
            }
        }
    }

    @Test
    void whenAskedAgainThenOnlyTheNewestLinkCounts() {
        try (MailServer server = MailServer.start()) {
            change(wanted);
            String first = linked(server.awaitMails(wanted, 1).get(0));
            change(wanted);
            String second = linked(server.awaitMails(wanted, 2).get(1));
            assertEnded(confirm(first));
            confirm(second).then().statusCode(204);
        }
    }

    @Test
    void whenADayIsOverThenEnded() {
        try (MailServer server = MailServer.start()) {
            change(wanted);
            String token = linked(server.awaitMails(wanted, 1).get(0));
            clock.advance(Duration.ofHours(24));
            assertEnded(confirm(token));
        }
    }

    @Test
    void whenOrganizationIsDeactivatedThenRefusedUntilItIsBack() {
        try (MailServer server = MailServer.start()) {
            change(wanted);
            String token = linked(server.awaitMails(wanted, 1).get(0));
            organization.deactivate();
            confirm(token).then().statusCode(403).body("code", equalTo("organization_deactivated"));
            Database.execute("UPDATE organizations SET status = 'active' WHERE id = ?", organization.id());
            confirm(token).then().statusCode(204);
        }
    }

    @Test
    void whenAskedThenRecordedWithoutTheLink() {
        try (MailServer server = MailServer.start()) {
            change(wanted);
            String token = linked(server.awaitMails(wanted, 1).get(0));
            JsonObject event = RecordedEvents.of(organization.id()).stream()
                    .filter(found -> found.getString("type").equals("user.email_change_requested"))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            assertEquals(mia.userId().toString(), event.getString("actor_id"));
            assertEquals(mia.userId().toString(), event.getString("target_id"));
            assertEquals(wanted, event.getJsonObject("details").getString("email"));
            assertFalse(event.encode().contains(token));
            confirm(token).then().statusCode(204);
            JsonObject changed = RecordedEvents.of(organization.id()).stream()
                    .filter(found -> found.getString("type").equals("user.email_changed"))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            assertEquals("account", changed.getString("actor_kind"));
            assertEquals(mia.userId().toString(), changed.getString("actor_id"));
        }
    }

    @Test
    void whenAddressIsTakenThenRefusedNowAndAtTheLink() {
        String taken = "taken-" + wanted;
        TestRows.person(organization, taken, Role.MEMBER);
        change(taken).then().statusCode(409).body("code", equalTo("email_taken"));
        try (MailServer server = MailServer.start()) {
            change(wanted);
            String token = linked(server.awaitMails(wanted, 1).get(0));
            TestRows.person(organization, "fast", wanted, Role.MEMBER);
            confirm(token).then().statusCode(409).body("code", equalTo("email_taken"));
        }
    }

    @Test
    void whenTokenIsOfAnotherKindThenRefused() {
        confirm(mia.token()).then().statusCode(401).body("code", equalTo("invalid_token"));
        given().post("/api/v1/email-changes/confirm").then().statusCode(401);
    }

    @Test
    void whenAdministratorChangesItThenAtOnceAndTheFormerAddressIsTold() {
        try (MailServer server = MailServer.start()) {
            byAdmin(Map.of("email", wanted));
            as(mia.token()).get(MIA).then().body("profile.email_address", equalTo(wanted));
            server.awaitMails(old, 1);
        }
    }

    private Response change(String address) {
        return as(mia.token()).body(Map.of("email_address", address)).patch(MIA + "/profile");
    }

    private void byAdmin(Map<String, ?> change) {
        as(organization.token(Role.ADMIN))
                .body(change)
                .patch("/users/{id}", mia.userId())
                .then()
                .statusCode(200);
    }

    private static Response confirm(String token) {
        return given().auth().preemptive().oauth2(token).post("/api/v1/email-changes/confirm");
    }

    private static void assertEnded(Response answer) {
        assertEquals(410, answer.statusCode());
        assertEquals("email_change_ended", answer.path("code"));
    }

    private static String linked(MimeMessage mail) {
        return MailServer.found(mail, LINK).group(1);
    }
}
