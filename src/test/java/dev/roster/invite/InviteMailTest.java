package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.resend;
import static dev.roster.invite.TestInvites.revoke;
import static dev.roster.testing.Bearer.as;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.MailServer;
import dev.roster.testing.MailServerResource;
import dev.roster.testing.RefusingRelay;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mail of an invite, as its recipient gets it from a real mail server. */
@QuarkusTest
@WithTestResource(value = MailServerResource.class, scope = TestResourceScope.MATCHING_RESOURCES)
class InviteMailTest {
    private static final Pattern LINK = Pattern.compile("http\\S+/invite\\?code=[\\w-]{64}#token=([\\w.-]+)");

    private final TestOrganization organization = TestOrganization.create();
    private final String email = address();

    @Inject
    TestClock clock;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @AfterEach
    void leaveNothingToSend() {
        TestRows.endMails(organization);
    }

    @Test
    void bringsALinkThatAcceptsAsTextAndHtml() throws Exception {
        try (MailServer server = MailServer.start()) {
            Response created = invite(admin(), email);
            assertNull(created.path("invite_link"), "only the mail has the link");
            MimeMessage mail = server.awaitMails(email, 1).get(0);
            assertEquals("Invite to Test", mail.getSubject());
            assertEquals("roster@example.org", mail.getFrom()[0].toString());
            assertEquals("auto-generated", mail.getHeader("Auto-Submitted", null));
            assertTrue(linked(MailServer.part(mail, "text/html")).matches("[\\w-]+(\\.[\\w-]+){2}"));
            assertFalse(MailServer.part(mail, "text/plain").contains(email));
            accept(linked(MailServer.part(mail, "text/plain")))
                    .then()
                    .statusCode(200)
                    .body("user.id", equalTo(created.path("user_id")));
        }
    }

    @Test
    void saysWhereToAskForHelpIfTheOrganizationDoes() throws Exception {
        for (String support : List.of("https://help.example.com/a?b=c&d", "mailto:help@example.com")) {
            Database.execute("UPDATE organizations SET support_url = ? WHERE id = ?", support, organization.id());
            String to = address();
            try (MailServer server = MailServer.start()) {
                invite(admin(), to).then().statusCode(201);
                MimeMessage mail = server.awaitMails(to, 1).get(0);
                String text = MailServer.part(mail, "text/plain");
                assertTrue(text.strip().endsWith("Help: " + support.replace("mailto:", "")), text);
                String html = MailServer.part(mail, "text/html");
                assertTrue(html.contains("<a href=\"" + support.replace("&", "&amp;") + "\">Help: "), html);
            }
        }
    }

    @Test
    void outboxHoldsNoToken() {
        String id = id(invite(admin(), email));
        // Two ids and nothing else: neither a token, in whatever form, nor an address
        assertEquals("{\"token\": \"" + tokenId(id) + "\", \"invite\": \"" + id + "\"}", outbox("payload::text"));
    }

    @Test
    void comesWhenTheServerIsBack() throws Exception {
        invite(admin(), email).then().statusCode(201);
        Eventually.holds(() -> (int) outbox("attempts") >= 2);
        try (MailServer server = MailServer.start()) {
            MimeMessage mail = server.awaitMails(email, 1).get(0);
            assertEquals("<" + outbox("id") + "@localhost>", mail.getMessageID());
            Eventually.holds(() -> outbox("sent_at") != null);
            assertEquals(1, server.mails(email).size());
        }
    }

    @Test
    void whenTheRelayKnowsNoSuchMailboxThenUndeliverableAndTriedOnce() throws Exception {
        try (RefusingRelay relay = RefusingRelay.start()) {
            String id = id(invite(admin(), email));
            Eventually.holds(() -> "undeliverable".equals(mailStatus(id)));
            Eventually.holds(() -> outbox("sent_at") != null);
            assertEquals(true, outbox("is_undeliverable"));
            assertEquals(1, outbox("attempts"));
            assertEquals(1, relay.refusals(email));
        }
    }

    /** It says nothing of this mail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "554 no SMTP service here | 550 5.1.1 no such mailbox | false",
                "220 relay | 554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied | true",
                "220 relay | 530 sign in first | true"
            })
    void whenTheRelayTakesNothingFromTheServiceThenTriedAgain(String greeting, String refusal, boolean isAsked)
            throws Exception {
        String id = id(invite(admin(), email));
        try (RefusingRelay relay = RefusingRelay.start(greeting, refusal)) {
            if (isAsked) {
                Eventually.holds(() -> relay.refusals(email) > 0);
            }
            int before = (int) outbox("attempts");
            Eventually.holds(() -> (int) outbox("attempts") > before + 1);
            assertEquals("queued", mailStatus(id));
            assertEquals(isAsked, relay.refusals(email) > 0);
        }
        try (MailServer server = MailServer.start()) {
            server.awaitMails(email, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.1 Message rejected as spam",
                "554 5.6.0 Message contains invalid header",
                "552 5.3.4 Message too big"
            })
    void whenTheRelayTakesNotThisTextThenUndeliverable(String refusal) throws Exception {
        try (RefusingRelay relay = RefusingRelay.ofTexts(refusal)) {
            String id = id(invite(admin(), email));
            Eventually.holds(() -> "undeliverable".equals(mailStatus(id)));
            assertEquals(1, relay.refusals(email));
        }
    }

    /** It says so no sooner than behind the text, of which it says nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
                "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail",
                "550-5.7.26 Unauthenticated email from example.org is not accepted\r\n550 5.7.26 due to its DMARC policy",
                "554 5.7.25 No reverse DNS"
            })
    void whenTheRelayTakesNoTextOfTheSenderThenTriedAgain(String refusal) throws Exception {
        String id = id(invite(admin(), email));
        try (RefusingRelay relay = RefusingRelay.ofTexts(refusal)) {
            Eventually.holds(() -> relay.refusals(email) > 1);
            assertEquals("queued", mailStatus(id));
        }
        try (MailServer server = MailServer.start()) {
            server.awaitMails(email, 1);
        }
    }

    @Test
    void whenTheMailboxIsNotInAsciiThenUndeliverable() {
        String id = id(invite(admin(), "ä" + email));
        Eventually.holds(() -> "undeliverable".equals(mailStatus(id)));
    }

    @Test
    void whenItHasLeftThenTheInviteSaysSo() {
        String id = id(invite(admin(), email));
        assertEquals("queued", mailStatus(id));
        try (MailServer server = MailServer.start()) {
            server.awaitMails(email, 1);
            Eventually.holds(() -> "sent".equals(mailStatus(id)));
        }
    }

    @Test
    void isTriedForFiveDaysAndThenGivenUp() {
        String id = id(invite(admin(), email));
        Eventually.holds(() -> (int) outbox("attempts") >= 1);
        age("4 days 23 hours");
        int tried = (int) outbox("attempts");
        Eventually.holds(() -> (int) outbox("attempts") > tried + 1);
        assertNull(outbox("sent_at"));
        assertEquals("queued", mailStatus(id));
        age("5 days 1 hour");
        Eventually.holds(() -> "undeliverable".equals(mailStatus(id)));
        Eventually.holds(() -> outbox("sent_at") != null);
        assertEquals(true, outbox("is_undeliverable"));
    }

    /** With its organization, or in a back-up. */
    @Test
    void whenItHasRestedForLongThenTriedFiveTimesBeforeItIsGivenUp() {
        String id = id(invite(admin(), email));
        age("6 days");
        Eventually.holds(() -> "undeliverable".equals(mailStatus(id)));
        assertTrue((int) outbox("attempts") >= 5);
    }

    private void age(String age) {
        Database.execute(
                "UPDATE outbox SET created_at = now() - CAST(? AS interval), next_attempt_at = now()"
                        + " WHERE organization_id = ?",
                age,
                organization.id());
    }

    @Test
    void goesToTheAddressOfTheAccountInAscii() {
        String kept = email.replace("@example.org", "@exämple.org");
        String ascii = email.replace("@example.org", "@xn--exmple-cua.org");
        as(admin()).body(Map.of("email", kept, "name", "Ada")).post("/api/v1/app/user");
        try (MailServer server = MailServer.start()) {
            invite(admin(), ascii.toUpperCase(java.util.Locale.ROOT).replace("XN--", "xn--"))
                    .then()
                    .statusCode(201)
                    .body("email", equalTo(kept));
            server.awaitMails(ascii, 1);
        }
    }

    private String mailStatus(String id) {
        return as(admin()).get("/api/v1/invites/{id}", id).path("mail_status");
    }

    @Test
    void waitsGrow() {
        invite(admin(), email).then().statusCode(201);
        NavigableMap<Integer, Instant> due = new TreeMap<>();
        Eventually.holds(() -> {
            noteNextAttempt(due);
            return due.size() > 1 && due.lastKey() >= 4;
        });
        // An attempt begins when the wait before is over, and the wait after it begins later still
        for (int attempt : due.tailMap(due.firstKey(), false).keySet()) {
            int before = due.lowerKey(attempt);
            Duration wait = Duration.between(due.get(before), due.get(attempt));
            long least = IntStream.rangeClosed(before + 1, attempt)
                    .mapToLong(each -> Math.min(200L << (each - 1), 1_000))
                    .sum();
            assertTrue(wait.toMillis() >= least, "from attempt " + before + " to " + attempt + ": " + wait);
        }
    }

    /** When the next attempt is due, once one has failed; on a busy machine some pass unseen. */
    private void noteNextAttempt(Map<Integer, Instant> due) {
        // The lease of an attempt that is going on ends much later
        Object failed = outbox("CASE WHEN attempts > 0 AND next_attempt_at < now() + interval '30s'"
                + " THEN attempts || ' ' || (extract(epoch FROM next_attempt_at) * 1000000)::bigint END");
        if (failed != null) {
            String[] parts = failed.toString().split(" ", 2);
            due.put(Integer.valueOf(parts[0]), Instant.EPOCH.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS));
        }
    }

    private static String tokenId(String invite) {
        return Database.value("SELECT token_id FROM invites WHERE id = ?::uuid", invite)
                .toString();
    }

    @Test
    void comesOnceTheLeaseOfAnotherReplicaIsOver() {
        invite(admin(), email).then().statusCode(201);
        // as another replica leaves it that has taken it, or died with it
        Eventually.holds(() -> Database.execute(
                        "UPDATE outbox SET next_attempt_at = now() + interval '2 minutes'"
                                + " WHERE organization_id = ? AND sent_at IS NULL",
                        organization.id())
                == 1);
        try (MailServer server = MailServer.start()) {
            clock.advance(Duration.ofMinutes(3));
            server.awaitMails(email, 1);
        }
    }

    @Test
    void onlyTheNewestTokenIsSent() {
        Response created = invite(admin(), email);
        Response resent = resend(admin(), id(created));
        resent.then().statusCode(200);
        try (MailServer server = MailServer.start()) {
            Eventually.holds(() -> unsent() == 0);
            assertEquals(1, server.mails(email).size());
            String sent = linked(MailServer.part(server.mails(email).get(0), "text/plain"));
            assertNull(resent.path("invite_link"));
            accept(sent).then().statusCode(200);
        }
    }

    @Test
    void revokedInviteIsNotSent() {
        String id = id(invite(admin(), email));
        revoke(admin(), id).then().statusCode(204);
        try (MailServer server = MailServer.start()) {
            Eventually.holds(() -> unsent() == 0);
            assertEquals(0, server.mails(email).size());
        }
    }

    @Test
    void refusedInviteSendsNothing() {
        invite(admin(), email).then().statusCode(201);
        invite(admin(), email).then().statusCode(409);
        assertEquals(1L, outbox("count(*)"));
    }

    private long unsent() {
        return (long) outbox("count(*) FILTER (WHERE sent_at IS NULL)");
    }

    private Object outbox(String column) {
        return Database.value("SELECT " + column + " FROM outbox WHERE organization_id = ?", organization.id());
    }

    private static String linked(String text) {
        Matcher link = LINK.matcher(text);
        assertTrue(link.find(), text);
        return link.group(1);
    }

    private String admin() {
        return organization.token(Role.ADMIN);
    }
}
