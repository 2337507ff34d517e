package dev.roster.access.application;

import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.session.Standings;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application that is removed: nothing is given for it any more, and what there was goes, however much that is. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class ApplicationRemovalTest {
    private static final String PATH = "/api/v1/applications/";
    private static final String SECRET = "secret-of-the-wiki";

    // More than two parts
    private static final int MANY = 2_500;

    @Inject
    ApplicationRemoval removal;

    @Inject
    Standings standings;

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient person = organization.add("ada", Role.MEMBER);
    private final UUID browser = TestRows.session(organization, person);
    private final UUID application = TestRows.application(organization);
    private final CodeGrant wiki = new CodeGrant(application, SECRET);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private String admin;

    @BeforeEach
    void begin() {
        TestRows.applicationSecret(organization, application, SECRET);
        admin = organization.token(Role.ADMIN);
    }

    @AfterEach
    void end() {
        threads.shutdown();
    }

    @Test
    void whenACodeIsAboutToGiveTokensThenTheseEnd() throws Exception {
        String code = code();
        Future<Response> exchanged;
        Future<Response> removed;
        try (TableLock tokens = new TableLock("refresh_tokens IN SHARE MODE")) {
            exchanged = threads.submit(() -> wiki.exchange(code));
            tokens.awaitWaiting(); // Its grant is there, and nobody else sees it
            removed = threads.submit(this::remove);
            tokens.awaitWaiting(2);
        }
        assertEquals(200, exchanged.get().statusCode(), exchanged.get().asString());
        assertEquals(204, removed.get().statusCode());
        assertEquals(401, users(exchanged.get()));
        assertNothingLeft();
    }

    @Test
    void whenACodeComesALittleLaterThenRefusedAndNothingIsOpen() throws Exception {
        String code = code();
        Future<Response> exchanged;
        try (TableLock account = TableLock.ofRow("users", person.userId())) {
            exchanged = threads.submit(() -> wiki.exchange(code));
            account.awaitWaiting(); // Its application has been found
            assertEquals(204, remove().statusCode());
        }
        assertAnswer(exchanged.get(), 400, """
                {'error': 'invalid_grant',
                 'error_description': 'The code or refresh token is not good, or not of this client'}
                """);
        assertNothingLeft();
    }

    @Test
    void whenItsTokensAreRefreshedMeanwhileThenNeitherWaitsForTheOther() throws Exception {
        Response tokens = wiki.exchange(code());
        Future<Response> refreshed;
        Future<Response> removed;
        try (TableLock identifiers = new TableLock("client_ids IN SHARE MODE")) {
            removed = threads.submit(this::remove);
            identifiers.awaitWaiting(); // It has the application, and would have its sessions
            refreshed = threads.submit(() -> refresh(tokens));
            Eventually.holds(() -> refreshed.isDone() || identifiers.waiting() == 2);
        }
        assertEquals(204, removed.get().statusCode(), removed.get().asString());
        assertEquals(200, refreshed.get().statusCode(), refreshed.get().asString());
        assertEquals(401, users(tokens));
        assertEquals(401, users(refreshed.get()));
        assertNothingLeft();
    }

    @Test
    void whenThereIsMoreThanAPartThenNoStatementWritesMoreAndAllGoes() {
        Response tokens = wiki.exchange(code());
        fill();
        Database.execute("CREATE FUNCTION refuse_many() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN IF (SELECT count(*) FROM written) > 1000 THEN RAISE EXCEPTION 'too many'; END IF;"
                + " RETURN NULL; END$$");
        try {
            Database.execute("CREATE TRIGGER refuse_many AFTER UPDATE ON sessions REFERENCING NEW TABLE AS written"
                    + " FOR EACH STATEMENT EXECUTE FUNCTION refuse_many()");
            for (String table : List.of("consents", "authorization_codes", "application_grants", "refresh_tokens")) {
                Database.execute("CREATE TRIGGER refuse_many AFTER DELETE ON " + table
                        + " REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_many()");
            }
            assertEquals(204, remove().statusCode());
            assertEquals(401, users(tokens));
            assertNothingLeft();
        } finally {
            Database.execute("DROP FUNCTION refuse_many() CASCADE");
        }
        assertEquals(
                MANY + 1L,
                Database.value(
                        "SELECT count(*) FROM sessions WHERE application_id = ? AND ended_at IS NOT NULL",
                        application));
    }

    @Test
    void whenOneOfItsSessionsIsInUseThenTheRestGoesOnWithoutIt() throws Throwable {
        wiki.exchange(code());
        Object session = Database.value("SELECT id FROM sessions WHERE application_id = ?", application);
        try (TableLock use = TableLock.ofRow("sessions", (UUID) session)) {
            assertEquals(204, remove().statusCode());
            assertEquals(0, use.waiting());
            assertEquals(
                    1L,
                    Database.value("SELECT count(*) FROM application_grants WHERE application_id = ?", application));
        }
        run();
        assertNothingLeft();
    }

    @Test
    void whenAReplicaWasKilledInBetweenThenNobodyFindsItAndAnotherGoesOn() throws Throwable {
        TestRows.consent(organization, person.userId(), application);
        Response tokens = wiki.exchange(code());
        String code = code();
        Caller caller = caller();
        String own = person.token();
        assertTrue(find(caller));
        Database.execute("UPDATE applications SET removed_at = now() WHERE id = ?", application);

        assertEquals(404, given().auth().oauth2(admin).get(PATH + application).statusCode());
        assertEquals(404, remove().statusCode());
        assertEquals(
                List.of(),
                given().auth().oauth2(admin).get("/api/v1/applications").path("items"));
        assertEquals(401, refresh(tokens).statusCode());
        assertEquals(401, wiki.exchange(code).statusCode());
        assertEquals(
                List.of(),
                given().auth().oauth2(own).get("/api/v1/users/me/applications").path("items"));
        List<String> sessions =
                given().auth().oauth2(own).get("/api/v1/users/me/sessions").path("items.client_name");
        assertTrue(!sessions.contains("Wiki"), sessions.toString());
        assertTrue(!find(caller));
        run();
        assertNothingLeft();
    }

    private boolean find(Caller caller) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> standings.find(caller))
                .isPresent();
    }

    /** Of the only token of the application. */
    private Caller caller() {
        UUID session = (UUID) Database.value("SELECT id FROM sessions WHERE application_id = ?", application);
        return new Caller(
                organization.id(),
                organization.name(),
                person.userId(),
                Role.MEMBER,
                Set.of(),
                "test-" + application,
                session,
                null);
    }

    private void run() throws Throwable {
        VertxContextSupport.subscribeAndAwait(removal::run);
    }

    /** Another replica may be at it. */
    private void assertNothingLeft() {
        Eventually.equal("0 0 0 0 0 0 0", () -> Database.value("""
                SELECT concat_ws(' ',
                  (SELECT count(*) FROM applications WHERE organization_id = o.id),
                  (SELECT count(*) FROM application_secrets WHERE organization_id = o.id),
                  (SELECT count(*) FROM application_grants WHERE organization_id = o.id),
                  (SELECT count(*) FROM refresh_tokens WHERE organization_id = o.id),
                  (SELECT count(*) FROM authorization_codes WHERE organization_id = o.id),
                  (SELECT count(*) FROM consents WHERE organization_id = o.id),
                  (SELECT count(*) FROM sessions
                    WHERE organization_id = o.id AND application_id IS NOT NULL AND ended_at IS NULL))
                  FROM organizations o WHERE o.id = ?""", organization.id()));
    }

    /** Many persons who have let it in. */
    private void fill() {
        TestRows.persons(organization, "many", MANY, 10);
        String many = " FROM users WHERE organization_id = ? AND username LIKE 'many%'";
        Database.execute(
                "INSERT INTO sessions (organization_id, id, user_id, application_id, device, created_at, last_seen_at,"
                        + " expires_at) SELECT organization_id, id, id, ?, id, now(), now(), now() + interval '1 day'"
                        + many,
                application,
                organization.id());
        Database.execute(
                "INSERT INTO application_grants (organization_id, id, application_id, scopes, authenticated_at, created_at)"
                        + " SELECT organization_id, id, ?, '{users:read}', now(), now()" + many,
                application,
                organization.id());
        Database.execute(
                "INSERT INTO refresh_tokens (organization_id, id, grant_id, digest, created_at)"
                        + " SELECT organization_id, gen_random_uuid(), id, sha256(CAST(concat(id, n) AS bytea)), now()"
                        + " FROM users, generate_series(1, 12) AS n"
                        + " WHERE organization_id = ? AND username LIKE 'many%'",
                organization.id());
        Database.execute(
                "INSERT INTO consents (organization_id, user_id, application_id, scopes, updated_at)"
                        + " SELECT organization_id, id, ?, '{users:read}', now()" + many,
                application,
                organization.id());
        Database.execute(
                "INSERT INTO authorization_codes (organization_id, id, digest, application_id, user_id,"
                        + " browser_session_id, redirect_uri, code_challenge, scopes, authenticated_at, expires_at,"
                        + " created_at) SELECT organization_id, id, sha256(CAST(CAST(id AS text) AS bytea)), ?, id, id, '', '',"
                        + " '{users:read}', now(), now(), now()" + many,
                application,
                organization.id());
    }

    private String code() {
        return TestRows.code(organization, application, person.userId(), browser, "users:read");
    }

    private Response remove() {
        return given().auth().oauth2(admin).delete(PATH + application);
    }

    private Response refresh(Response tokens) {
        return wiki.refresh(tokens.path("refresh_token"));
    }

    private static int users(Response tokens) {
        return given().auth()
                .oauth2(tokens.path("access_token"))
                .get("/api/v1/users")
                .statusCode();
    }
}
