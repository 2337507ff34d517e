package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.mail.Letter;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.LogListener;
import dev.roster.testing.TestOrganization;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where there is no mail server: the answer has the link, and the log has not. */
@QuarkusTest
class LoggedMailTest {
    private final TestOrganization organization = TestOrganization.create();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private LogListener log;

    @BeforeEach
    void listen() {
        log = new LogListener("", line -> lines.add(line.getFormattedMessage()));
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void whenMailIsNotSentThenTheLogNamesItWithoutLinkOrRecipient() {
        String email = address();
        Response invited = invite(organization.token(Role.ADMIN), email);
        String token = token(invited);
        Eventually.holds(() -> outbox("sent_at") != null);
        List<String> told = lines.stream()
                .filter(line -> line.contains(outbox("id").toString()))
                .toList();
        assertEquals(
                List.of("Without ROSTER_MAIL_HOST, mail %s is not sent: Invite to Test".formatted(outbox("id"))), told);
        accept(token).then().statusCode(200);
        lines.forEach(line -> {
            assertFalse(line.contains(token), line);
            assertFalse(line.contains("#token="), line);
            assertFalse(line.contains(email), line);
        });
    }

    /** The body of no mail can be logged, whatever its template says. */
    @Test
    void aLetterHasNothingForTheLogButItsSubject() {
        List<String> texts = Arrays.stream(Letter.class.getRecordComponents())
                .filter(part -> part.getType() != TemplateInstance.class)
                .map(RecordComponent::getName)
                .toList();
        assertEquals(List.of("recipient", "subject"), texts);
    }

    @Test
    void whenInviteIsAcceptedThenStrangersDoNotHinderItsPersonThere() {
        String user = accept(token(invite(organization.token(Role.ADMIN), address())))
                .then()
                .statusCode(200)
                .extract()
                .path("user.id");
        assertTrue((Boolean) Database.value("SELECT count(*) = 1 FROM known_networks WHERE user_id = ?::uuid", user));
    }

    private Object outbox(String column) {
        return Database.value("SELECT " + column + " FROM outbox WHERE organization_id = ?", organization.id());
    }
}
