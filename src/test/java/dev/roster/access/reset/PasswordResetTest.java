package dev.roster.access.reset;

import static dev.roster.testing.Bearer.bare;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.audit.RecordedEvents;
import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.MailServer;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forgotten password, from the request to the new one. */
@QuarkusTest
@Tag("packaged")
@WithTestResource(value = MailServerResource.class, scope = TestResourceScope.MATCHING_RESOURCES)
class PasswordResetTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Pattern LINK = Pattern.compile("http\\S+/password/reset\\?code=([\\w-]{64})\\s");

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient ada = organization.add("ada", Role.MEMBER);
    private final String email = "ada-" + UUID.randomUUID() + "@example.org";

    @BeforeEach
    void hasAnAddress() {
        TestRows.email(ada.userId(), email);
        // All tests come from one network
        Database.execute("DELETE FROM rate_limits WHERE name = 'password-reset:network'");
    }

    @AfterEach
    void leaveNothingToSend() {
        TestRows.endMails(organization);
    }

    @Test
    void whenTheLinkIsUsedThenThePasswordIsAnotherOnceAndItsAddressIsTold() {
        try (MailServer server = MailServer.start()) {
            forgot("ADA").then().statusCode(202).body(blankOrNullString());
            MimeMessage mail = server.awaitMails(email, 1).get(0);
            assertTrue(MailServer.part(mail, "text/plain").contains("the account ada at Test"));
            String code = code(mail);
            reset(code, "password").then().statusCode(400).body("invalid_fields[0]", startsWith("password"));
            reset(code, email).then().statusCode(400);
            reset(code, PASSWORD).then().statusCode(204);
            reset(code, "another " + PASSWORD).then().statusCode(410).body("code", equalTo("password_reset_ended"));
            signIn(PASSWORD).then().statusCode(200);
            MimeMessage notice = server.awaitMails(email, 2).get(1);
            assertFalse(MailServer.part(notice, "text/plain").contains("code="));
        }
    }

    @Test
    void whenChangedThenNothingThatWasSignedInGoesOnButKeys() {
        String token = ada.token();
        String key = TestClient.key(token);
        UUID application = TestRows.application(organization);
        UUID session = UUID.randomUUID();
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, application_id, device, created_at, last_seen_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, 'app', now(), now(), now() + interval '1 day')",
                organization.id(),
                session,
                ada.userId(),
                application);
        try (MailServer server = MailServer.start()) {
            forgot("ada");
            String first = code(server.awaitMails(email, 1).get(0));
            reset(first, PASSWORD).then().statusCode(204);
            bare(token).get("/api/v1/users/me").then().statusCode(401);
            bare(key).get("/api/v1/users/me").then().statusCode(200);
            assertEquals(
                    0L,
                    Database.value(
                            "SELECT count(*) FROM sessions s WHERE organization_id = ? AND user_id = ? AND ended_at IS NULL"
                                    + " AND NOT EXISTS (SELECT FROM api_keys k"
                                    + " WHERE k.organization_id = s.organization_id AND k.id = s.id)",
                            organization.id(),
                            ada.userId()));
            forgot("ada");
            given().contentType(ContentType.JSON)
                    .body(Map.of("code", codeAfter(first, server), "password", PASSWORD, "revoke_keys", true))
                    .post("/api/v1/password/reset")
                    .then()
                    .statusCode(204);
            bare(key).get("/api/v1/users/me").then().statusCode(401);
            JsonObject ended = event("api_key.revoked");
            assertEquals(ada.userId().toString(), ended.getString("actor_id"));
        }
    }

    @Test
    void whenNoLinkIsForThemThenTheAnswerIsTheSame() throws Exception {
        TestRows.person(organization, "quiet", Role.MEMBER);
        TestRows.serviceAccount(organization, "bot", Role.MEMBER);
        UUID gone = TestRows.person(organization, "gone", "gone-" + email, Role.MEMBER);
        Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", gone);
        try (MailServer server = MailServer.start()) {
            awaitNoneWaiting();
            long before = messages();
            try (TableLock lock = new TableLock("password_resets")) {
                for (String name :
                        List.of("nobody", "quiet", "bot", "gone", "gone-" + email, "a\u0000b", "x".repeat(320))) {
                    forgot(name).then().statusCode(202).body(blankOrNullString());
                }
                forgot("no-such-organization", "ada").then().statusCode(202).body(blankOrNullString());
                forgot("ada");
                // The same work for each, whoever it is for: the rest waits until nobody can measure it
                assertEquals(before + 9, messages());
                lock.awaitWaiting();
            }
            server.awaitMails(email, 1);
            awaitNoneWaiting();
            // What nobody gets is not kept: strangers could fill the table
            assertEquals(before + 1, messages());
            assertEquals(List.of(), server.mails("gone-" + email));
            assertEquals(1L, resets());
        }
    }

    @Test
    void whenThePasswordIsElsewhereOrNotChosenYetThenTheMailSaysSo() {
        TestRows.federate(ada.userId());
        String invited = "invited-" + email;
        TestRows.invite(organization, invited);
        try (MailServer server = MailServer.start()) {
            forgot("ada").then().statusCode(202);
            forgot(invited).then().statusCode(202);
            String elsewhere = MailServer.part(server.awaitMails(email, 1).get(0), "text/plain");
            assertTrue(elsewhere.contains("has no password here"), elsewhere);
            String pending = MailServer.part(server.awaitMails(invited, 1).get(0), "text/plain");
            assertTrue(pending.contains("open the link of the mail that invites you"), pending);
            assertFalse((elsewhere + pending).contains("code="));
        }
        assertEquals(0L, resets());
    }

    @Test
    void whenLockedOutThenTheNewPasswordIsGood() {
        try (MailServer server = MailServer.start()) {
            forgot("ada");
            String first = code(server.awaitMails(email, 1).get(0));
            reset(first, "first " + PASSWORD);
            signIn("wrong").then().statusCode(401);
            Database.execute("UPDATE password_failures SET failures = 100 WHERE user_id = ?", ada.userId());
            signIn("first " + PASSWORD).then().statusCode(403);
            forgot("ada");
            reset(codeAfter(first, server), PASSWORD).then().statusCode(204);
            signIn(PASSWORD).then().statusCode(200);
        }
    }

    @Test
    void whenAskedAgainThenOnlyTheNewestLinkIsGood() {
        try (MailServer server = MailServer.start()) {
            forgot("ada");
            String first = code(server.awaitMails(email, 1).get(0));
            forgot(email);
            String second = code(server.awaitMails(email, 2).get(1));
            reset(first, PASSWORD).then().statusCode(410);
            reset(second, PASSWORD).then().statusCode(204);
        }
    }

    @Test
    void whenSomethingElseChangesMeanwhileThenTheLinkIsDead() {
        try (MailServer server = MailServer.start()) {
            int mails = 0;
            for (Map<String, ?> overtaking : List.<Map<String, ?>>of(
                    Map.of("is_active", false),
                    Map.of("password", "a long and good one"),
                    Map.of("email", "o-" + email))) {
                forgot("ada").then().statusCode(202);
                mails++;
                String code = code(server.awaitMails(email, mails).get(mails - 1));
                change(overtaking);
                reset(code, PASSWORD).then().statusCode(410);
                change(Map.of("is_active", true));
            }
        }
    }

    @Test
    void whenTheAccountChangesMeanwhileThenTheMailWaitsForItWithNothingInItsHands() throws Exception {
        try (MailServer server = MailServer.start();
                TableLock account = TableLock.ofRow("users", ada.userId())) {
            forgot("ada").then().statusCode(202);
            account.awaitWaiting();
            account.executeAtOnce(
                    "INSERT INTO password_resets (organization_id, id, request_id, digest, email, expires_at, created_at)"
                            + " SELECT organization_id, id, '%s', sha256('x'), '', now(), now() FROM users WHERE id = '%s'"
                                    .formatted(new UUID(0, 0), ada.userId()));
            account.commit();
            reset(code(server.awaitMails(email, 1).get(0)), PASSWORD).then().statusCode(204);
        }
    }

    /** Its answer was lost, say: the person has used the link, or somebody else has changed what it rests on. */
    @ParameterizedTest
    @ValueSource(strings = {"link", "is_active", "password", "email"})
    void whenTheMailIsSentAgainThenItOpensNoOtherLink(String ending) {
        try (MailServer server = MailServer.start()) {
            forgot("ada").then().statusCode(202);
            String first = code(server.awaitMails(email, 1).get(0));
            switch (ending) {
                case "link" -> reset(first, PASSWORD).then().statusCode(204);
                case "is_active" -> {
                    change(Map.of("is_active", false));
                    change(Map.of("is_active", true));
                }
                case "password" -> change(Map.of("password", "a long and good one"));
                default -> {
                    change(Map.of("email", "o-" + email));
                    change(Map.of("email", email));
                }
            }
            Database.execute(
                    "UPDATE outbox SET sent_at = NULL, next_attempt_at = now()"
                            + " WHERE organization_id = ? AND topic = 'password-reset'",
                    organization.id());
            forgot("nobody").then().statusCode(202); // Sends whatever waits
            Eventually.equal(
                    0L,
                    () -> Database.value(
                            "SELECT count(*) FROM outbox WHERE organization_id = ? AND sent_at IS NULL",
                            organization.id()));
            assertEquals(List.of(first), codes(server.mails(email)).toList());
            reset(first, "another " + PASSWORD).then().statusCode(410);
            forgot("ada").then().statusCode(202);
            reset(codeAfter(first, server), "third " + PASSWORD).then().statusCode(204);
        }
    }

    @Test
    void whenTheTimeIsOverOrTheOrganizationIsOffThenTheLinkIsDead() {
        try (MailServer server = MailServer.start()) {
            forgot("ada");
            String code = code(server.awaitMails(email, 1).get(0));
            String left = Database.value(
                            "SELECT CAST(expires_at - now() <= interval '30 minutes'"
                                    + " AND expires_at - now() > interval '29 minutes' AS text)"
                                    + " FROM password_resets WHERE id = ?",
                            ada.userId())
                    .toString();
            assertEquals("true", left);
            Database.execute("UPDATE organizations SET status = 'deactivated' WHERE id = ?", organization.id());
            reset(code, PASSWORD).then().statusCode(410);
            Database.execute("UPDATE organizations SET status = 'active' WHERE id = ?", organization.id());
            Database.execute("UPDATE password_resets SET expires_at = now() WHERE id = ?", ada.userId());
            reset(code, PASSWORD).then().statusCode(410);
        }
    }

    @Test
    void whenSentAtOnceThenOneSetsThePassword() {
        try (MailServer server = MailServer.start()) {
            forgot("ada");
            String code = code(server.awaitMails(email, 1).get(0));
            List<Integer> answers = AtOnce.answers(8, i -> reset(code, PASSWORD + i)).stream()
                    .map(Response::statusCode)
                    .sorted()
                    .toList();
            assertEquals(List.of(204, 410, 410, 410, 410, 410, 410, 410), answers);
        }
    }

    @Test
    void whenAskedTooOftenThenPutOffWhoeverIsNamed() {
        for (String name : List.of("ada", "nobody-" + UUID.randomUUID())) {
            for (int i = 0; i < 5; i++) {
                forgot(name).then().statusCode(202);
            }
            Response refused = forgot(name);
            refused.then().statusCode(429).body("code", equalTo("rate_limited"));
            assertTrue(Integer.parseInt(refused.header("Retry-After")) > 600);
        }
        Database.execute(
                "UPDATE rate_limits SET free_at = now() + interval '1 hour' WHERE name = 'password-reset:network'");
        forgot("somebody").then().statusCode(429);
    }

    /** Whoever varies the spelling must not learn from the limit whether there is an account. */
    @Test
    void whenSpelledOtherwiseThenTheSameAnswerWhetherThereIsAnAccountOrNot() {
        String known = email.substring(0, email.indexOf('@'));
        for (String local : List.of(known, "nobody-" + UUID.randomUUID())) {
            for (int i = 0; i < 5; i++) {
                forgot(local + "@example.org").then().statusCode(202);
            }
            forgot(local + "@example\u3002org").then().statusCode(429);
            forgot(local.toUpperCase(Locale.ROOT) + "@EXAMPLE.org").then().statusCode(429);
        }
    }

    @Test
    void whenAskedAndChangedThenRecordedWithoutTheLink() {
        try (MailServer server = MailServer.start()) {
            forgot("ada");
            String code = code(server.awaitMails(email, 1).get(0));
            String payload = Database.value(
                            "SELECT CAST(payload AS text) FROM outbox WHERE organization_id = ?", organization.id())
                    .toString();
            assertTrue(payload.matches("\\{\"user\": \"[0-9a-f-]{36}\", \"until\": \"[^\"]{20,30}\"}"), payload);
            reset(code, PASSWORD);
            JsonObject asked = event("user.password_reset_requested");
            assertEquals(ada.userId().toString(), asked.getString("target_id"));
            JsonObject changed = event("user.password_changed");
            assertEquals(ada.userId().toString(), changed.getString("actor_id"));
            assertEquals(true, changed.getJsonObject("details").getBoolean("by_mail"));
            assertFalse(RecordedEvents.of(organization.id()).toString().contains(code));
        }
    }

    @Test
    void whenTheFieldIsMissingThenNamed() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/password/forgot")
                .then()
                .statusCode(400)
                .body("invalid_fields[0]", startsWith("name"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/password/reset")
                .then()
                .statusCode(400)
                .body("invalid_fields", hasSize(2));
        reset("x", PASSWORD).then().statusCode(410);
    }

    private JsonObject event(String type) {
        return RecordedEvents.of(organization.id()).stream()
                .filter(found -> found.getString("type").equals(type))
                .reduce((first, second) -> {
                    throw new AssertionError(type + " twice");
                })
                .orElseThrow();
    }

    private static void awaitNoneWaiting() {
        Eventually.equal(
                0L,
                () -> Database.value("SELECT count(*) FROM outbox WHERE topic = 'password-reset' AND sent_at IS NULL"));
    }

    private static long messages() {
        return (long) Database.value("SELECT count(*) FROM outbox WHERE topic = 'password-reset'");
    }

    private Object resets() {
        return Database.value("SELECT count(*) FROM password_resets WHERE organization_id = ?", organization.id());
    }

    private void change(Map<String, ?> change) {
        bare(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(change)
                .patch("/users/{id}", ada.userId())
                .then()
                .statusCode(200);
    }

    private Response forgot(String name) {
        return forgot(organization.name(), name);
    }

    private static Response forgot(String organization, String name) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("organization", organization, "name", name))
                .post("/api/v1/password/forgot");
    }

    private static Response reset(String code, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("code", code, "password", password))
                .post("/api/v1/password/reset");
    }

    private Response signIn(String password) {
        return organization.signIn("ada", password);
    }

    private static String code(MimeMessage mail) {
        return codes(List.of(mail)).findFirst().orElseThrow();
    }

    /** The code of the next link, in whatever order it comes with the mail that tells of the change. */
    private String codeAfter(String first, MailServer server) {
        Eventually.holds(() -> codes(server.mails(email)).anyMatch(code -> !code.equals(first)));
        return codes(server.mails(email))
                .filter(code -> !code.equals(first))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> codes(List<MimeMessage> mails) {
        return mails.stream()
                .map(mail -> LINK.matcher(MailServer.part(mail, "text/plain")))
                .filter(Matcher::find)
                .map(link -> link.group(1));
    }
}
