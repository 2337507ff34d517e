package dev.roster.access.grant;

import static dev.roster.testing.CodeGrant.CHALLENGE;
import static dev.roster.testing.CodeGrant.URI;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.browser.BrowserSession;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Codes and the deletion of their account lock what they share in one order (decision 8). */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class CodeLocksTest {
    private static final String SECRET = "secret-of-the-wiki";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @Inject
    Authorizations authorizations;

    @Inject
    CodeUse codes;

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient ada = organization.add("ada", Role.MEMBER);
    private final UUID browser = TestRows.session(organization, ada);
    private final UUID application = TestRows.application(organization);
    private final CodeGrant wiki = new CodeGrant(application, SECRET);

    @Test
    void whenACodeWaitsForTheConsentThenItHoldsTheAccount() throws Exception {
        TestRows.consent(organization, ada.userId(), application);
        CompletableFuture<Optional<String>> code;
        try (TableLock consent = TableLock.ofRows("consents", organization.id())) {
            code = CompletableFuture.supplyAsync(this::code);
            consent.awaitWaiting();
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> consent.executeAtOnce("DELETE FROM users WHERE organization_id = '" + organization.id()
                            + "' AND id = '" + ada.userId() + "'"));
            assertEquals(LOCK_NOT_AVAILABLE, refused.getSQLState(), refused.getMessage());
        }
        assertTrue(code.join().isPresent());
    }

    @Test
    void whenTheAccountIsGoneThenNoCode() {
        TestRows.consent(organization, ada.userId(), application);
        assertTrue(code().isPresent());
        given().auth()
                .preemptive()
                .oauth2(organization.token(Role.ADMIN))
                .delete("/api/v1/users/ada")
                .then()
                .statusCode(204);
        assertEquals(Optional.empty(), code());
    }

    /** It is slow to end the session, and has the code by then. */
    @Test
    void whenACodeComesAgainWhileItsAccountGoesThenOneWaitsForTheOther() throws Exception {
        TestRows.applicationSecret(organization, application, SECRET);
        TestRows.consent(organization, ada.userId(), application);
        String admin = organization.token(Role.ADMIN);
        String code = code().orElseThrow();
        wiki.exchange(code).then().statusCode(200);
        Object session =
                Database.value("SELECT grant_id FROM authorization_codes WHERE organization_id = ?", organization.id());
        CompletableFuture<Response> again;
        CompletableFuture<Response> removed;
        try (TableLock lock = TableLock.ofRow("sessions", (UUID) session)) {
            again = CompletableFuture.supplyAsync(() -> wiki.exchange(code));
            lock.awaitWaiting();
            removed = CompletableFuture.supplyAsync(
                    () -> given().auth().preemptive().oauth2(admin).delete("/api/v1/users/ada"));
            lock.awaitWaiting(2);
            // The deletion waits for the code, and has no session yet
            assertEquals(
                    1L,
                    Database.value(
                            "SELECT count(*) FROM pg_locks l WHERE NOT l.granted AND EXISTS (SELECT FROM"
                                    + " pg_stat_activity a WHERE a.pid = l.pid AND a.query LIKE 'DELETE FROM authorization_codes%')"));
        }
        assertEquals(400, again.join().statusCode());
        assertEquals(204, removed.join().statusCode(), removed.join().asString());
        Eventually.equal(
                0L,
                () -> Database.value(
                        "SELECT count(*) FROM authorization_codes WHERE organization_id = ?", organization.id()));
    }

    /** The first one was told nothing of what became of its release, and somebody has come again since. */
    @Test
    void whenACodeIsReleasedLateThenWhoHasComeAgainIsTheFirst() throws Throwable {
        String text = TestRows.code(organization, application, ada.userId(), browser, "users:read");
        OffsetDateTime before = OffsetDateTime.now(ZoneOffset.UTC);
        List<Boolean> first = VertxContextSupport.subscribeAndAwait(() -> codes.find(organization.id(), text)
                .map(Optional::orElseThrow)
                .chain(code -> codes.claim(code, before)
                        .call(() -> codes.release(code, before))
                        .chain(one -> codes.claim(code, before.plusSeconds(1))
                                .call(() -> codes.release(code, before))
                                .chain(two -> codes.claim(code, before.plusSeconds(2))
                                        .map(three -> List.of(one, two, three))))));
        assertEquals(List.of(true, true, false), first);
    }

    private Optional<String> code() {
        RegisteredApplication registered = new RegisteredApplication(
                organization.id(),
                organization.name(),
                application,
                "Wiki",
                List.of(URI),
                List.of(),
                List.of("users:read"));
        Caller caller = new Caller(
                organization.id(),
                organization.name(),
                ada.userId(),
                Role.MEMBER,
                Set.of(),
                "roster-browser",
                browser,
                Instant.now());
        BrowserSession session = new BrowserSession(caller, "ada", "Ada", null, false, Instant.now());
        try {
            return VertxContextSupport.subscribeAndAwait(() ->
                    authorizations.code(registered, session, URI, CHALLENGE, List.of("users:read"), Optional.empty()));
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
