package dev.roster.access.grant;

import static dev.roster.testing.CodeGrant.URI;
import static dev.roster.testing.CodeGrant.VERIFIER;
import static dev.roster.testing.JsonAnswer.assertAnswer;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and refresh tokens at the token endpoint, seen by applications and by thieves (RFC 9700 section 4). */
@QuarkusTest
@Tag("packaged")
class ApplicationTokensTest {
    private static final String SECRET = "secret-of-the-wiki";

    // More than there are connections, and few enough that the last has its turn before it has waited for too long
    private static final int MANY = 24;

    private final TestOrganization organization = TestOrganization.create();
    private final TestClient person = organization.add("ada", Role.MEMBER);
    private final UUID browser = TestRows.session(organization, person);
    private final UUID application = TestRows.application(organization);
    private final CodeGrant wiki = new CodeGrant(application, SECRET);

    ApplicationTokensTest() {
        TestRows.applicationSecret(organization, application, SECRET);
    }

    @Test
    void whenCodeThenTokensInASessionNamedAfterTheApplication() {
        Response tokens = wiki.exchange(code());
        assertAnswer(tokens, 200, """
                {'access_token': '<text>', 'token_type': 'Bearer', 'expires_in': 3600, 'refresh_token': '<text>',
                 'scope': 'groups:read users:read'}
                """);
        assertEquals("no-store", tokens.header("Cache-Control"));
        assertEquals(200, users(access(tokens)));
        assertEquals(
                403,
                given().auth()
                        .oauth2(access(tokens))
                        .get("/api/v1/users/me/sessions")
                        .statusCode());
        List<String> sessions = given().auth()
                .oauth2(person.token())
                .get("/api/v1/users/me/sessions")
                .path("items.client_name");
        assertEquals(1, sessions.stream().filter("Wiki"::equals).count(), sessions.toString());
    }

    /** Beyond a hundred, each session with an application ends another. */
    @Test
    void whenSessionsAreOpenedInALoopThenPutOffAndTheCodeIsGoodLater() {
        wiki.exchange(code()).then().statusCode(200);
        assertEquals(
                1,
                Database.execute(
                        "UPDATE rate_limits SET free_at = free_at + interval '2 minutes'"
                                + " WHERE organization_id = ? AND name = 'application-session'",
                        organization.id()));
        String code = code();
        Response refused = wiki.exchange(code);
        assertEquals(429, refused.statusCode());
        assertEquals("slow_down", refused.path("error"));
        assertNotEquals(null, refused.header("Retry-After"));
        Database.execute("DELETE FROM rate_limits WHERE organization_id = ?", organization.id());
        wiki.exchange(code).then().statusCode(200);
    }

    @Test
    void whenKeptThenAsDigestAlone() {
        String code = code();
        String refresh = refreshToken(wiki.exchange(code));
        String kept = String.valueOf(Database.value(
                "SELECT concat((SELECT json_agg(c) FROM authorization_codes c WHERE organization_id = ?),"
                        + " (SELECT json_agg(t) FROM refresh_tokens t WHERE organization_id = ?),"
                        + " (SELECT json_agg(e) FROM audit_events e WHERE organization_id = ?))",
                organization.id(),
                organization.id(),
                organization.id()));
        assertEquals(List.of(false, false), List.of(kept.contains(code), kept.contains(refresh)));
    }

    @Test
    void whenCodeComesTwiceThenRefusedAndWhatItGaveEnds() {
        String code = code();
        Response first = wiki.exchange(code);
        assertRefused(wiki.exchange(code));
        assertEquals(401, users(access(first)));
        assertRefused(wiki.refresh(refreshToken(first)));
        assertEquals(1L, events("token.reused"));
    }

    @Test
    void whenCodeComesManyTimesAtOnceThenOneIsFirstAndItsTokensEnd() {
        String code = code();
        List<Response> answers = AtOnce.answers(MANY, i -> wiki.exchange(code));
        List<Response> won =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertEquals(1, won.size());
        answers.stream().filter(answer -> answer.statusCode() != 200).forEach(ApplicationTokensTest::assertRefused);
        assertEquals(401, users(access(won.get(0))));
        assertRefused(wiki.refresh(refreshToken(won.get(0))));
        assertEquals(0L, openSessions());
        assertEquals(1L, events("token.reused"));
    }

    @Test
    void whenTheFirstOneIsStillAtItThenTheSecondIsRefusedAtOnceAndEndsIt() throws Exception {
        String code = code();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Response> first;
            try (TableLock account = TableLock.ofRow("users", person.userId())) {
                first = thread.submit(() -> wiki.exchange(code));
                account.awaitWaiting();
                assertRefused(wiki.exchange(code));
            }
            Response won = first.get();
            assertEquals(401, users(access(won)));
            assertEquals(0L, openSessions());
        } finally {
            thread.shutdown();
        }
    }

    /** Neither what the code gives nor that it gave nothing can be written. */
    @Test
    void whenTheDatabaseFailsTheFirstOneForAWhileThenTheCodeIsGoodLater() throws Exception {
        String code = code();
        try (TableLock account = TableLock.ofRow("users", person.userId())) {
            CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> wiki.exchange(code));
            account.awaitWaiting();
            try (TableLock kept = TableLock.ofRows("authorization_codes", organization.id())) {
                giveUpWaiting();
                kept.awaitWaiting();
                giveUpWaiting();
                assertEquals(503, first.join().statusCode());
            }
        }
        Eventually.equal(
                true,
                () -> Database.value(
                        "SELECT used_at IS NULL FROM authorization_codes WHERE organization_id = ?",
                        organization.id()));
        wiki.exchange(code).then().statusCode(200);
    }

    @Test
    void whenThePersonTakesItsWordBackMeanwhileThenRefused() throws Exception {
        String code = code();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Response> first;
            try (TableLock account = TableLock.ofRow("users", person.userId())) {
                first = thread.submit(() -> wiki.exchange(code));
                account.awaitWaiting();
                Database.execute("DELETE FROM authorization_codes WHERE organization_id = ?", organization.id());
            }
            assertRefused(first.get());
            assertEquals(0L, openSessions());
        } finally {
            thread.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource({"code_verifier, ''", "redirect_uri, ''", "code, ''", "code, unknown"})
    void whenSomethingIsMissingThenRefusedAndTheOwnerGoesOn(String name, String value) {
        String code = code();
        Response refused = exchange(code, name, value);
        assertEquals(400, refused.statusCode());
        assertEquals(value.isEmpty() ? "invalid_request" : "invalid_grant", refused.path("error"));
        assertEquals(200, wiki.exchange(code).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
        "code_verifier, short",
        "redirect_uri, https://wiki.example.com/cb/",
        "redirect_uri, https://WIKI.example.com/cb",
        "redirect_uri, https://wiki.example.com:443/cb",
        "redirect_uri, https://wiki.example.com/%63b"
    })
    void whenSomethingIsNotAsItWasAskedForThenRefusedAndTheCodeIsUsedUp(String name, String value) {
        String code = code();
        assertRefused(exchange(code, name, value));
        assertRefused(wiki.exchange(code));
        assertRefused(exchange(code, name, value));
        assertEquals(0L, openSessions());
        assertEquals(0L, events("token.reused"));
    }

    @Test
    void whenARightAndAWrongVerifierComeAtOnceThenNothingStaysGiven() {
        for (int round = 0; round < 10; round++) {
            String code = code();
            List<Response> answers = AtOnce.answers(
                    4, i -> i == 0 ? wiki.exchange(code) : exchange(code, "code_verifier", "x".repeat(43)));
            List<Response> won = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .toList();
            answers.stream().filter(answer -> !won.contains(answer)).forEach(ApplicationTokensTest::assertRefused);
            assertTrue(won.size() <= 1, won.toString());
            won.forEach(tokens -> assertEquals(401, users(access(tokens))));
            assertEquals(0L, openSessions());
        }
    }

    @Test
    void whenTheWrongVerifierComesAfterTheTokensThenTheseEnd() {
        String code = code();
        Response first = wiki.exchange(code);
        assertRefused(exchange(code, "code_verifier", "x".repeat(43)));
        assertEquals(401, users(access(first)));
        assertEquals(1L, events("token.reused"));
    }

    @Test
    void whenCodeIsOfAnotherApplicationThenRefusedAndItsOwnGoesOn() {
        String code = code();
        UUID thief = TestRows.application(organization);
        TestRows.applicationSecret(organization, thief, "thief");
        assertRefused(new CodeGrant(thief, "thief").exchange(code));
        TestOrganization elsewhere = TestOrganization.create();
        UUID stranger = TestRows.application(elsewhere);
        TestRows.applicationSecret(elsewhere, stranger, "stranger");
        assertRefused(new CodeGrant(stranger, "stranger").exchange(code));
        assertEquals(200, wiki.exchange(code).statusCode());
    }

    @Test
    void whenCodeIsTooOldOrItsGroundIsGoneThenRefused() {
        String late = code();
        Database.execute(
                "UPDATE authorization_codes SET expires_at = now() WHERE organization_id = ?", organization.id());
        assertRefused(wiki.exchange(late));
        String signedOut = code();
        Database.execute("UPDATE sessions SET ended_at = now() WHERE id = ?", browser);
        assertRefused(wiki.exchange(signedOut));
        Database.execute("UPDATE sessions SET ended_at = NULL WHERE id = ?", browser);
        String foreign = code();
        UUID group = TestRows.group(organization, "engines");
        Database.execute("UPDATE applications SET group_ids = ARRAY[?::uuid] WHERE id = ?", group, application);
        assertRefused(wiki.exchange(foreign));
        Database.execute("UPDATE applications SET group_ids = NULL WHERE id = ?", application);
        String deactivated = code();
        Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", person.userId());
        assertRefused(wiki.exchange(deactivated));
    }

    @Test
    void whenConfidentialThenItsSecretAndWhenPublicThenNone() {
        String code = code();
        assertEquals(401, new CodeGrant(application, "wrong").exchange(code).statusCode());
        assertEquals(401, new CodeGrant(application, null).exchange(code).statusCode());
        Database.execute("UPDATE applications SET is_public = true WHERE id = ?", application);
        assertEquals(401, wiki.exchange(code).statusCode());
        Response tokens = new CodeGrant(application, null).exchange(code);
        assertEquals(200, tokens.statusCode());
        assertEquals(
                200,
                new CodeGrant(application, null).refresh(refreshToken(tokens)).statusCode());
    }

    @Test
    void whenRefreshedThenRotatedAndReuseEndsTheFamily() {
        Response first = wiki.exchange(code());
        Response second = wiki.refresh(refreshToken(first));
        assertEquals(200, second.statusCode());
        assertNotEquals(refreshToken(first), refreshToken(second));
        Response third = wiki.refresh(refreshToken(second));
        assertEquals(200, users(access(third)));
        assertRefused(wiki.refresh(refreshToken(first))); // its successor has been used
        assertRefused(wiki.refresh(refreshToken(third)));
        assertEquals(401, users(access(third)));
        assertEquals(1L, events("token.reused"));
    }

    /** Whatever else is wrong with the request of whoever has it. */
    @ParameterizedTest
    @ValueSource(strings = {"audit:read", "nonsense", " "})
    void whenAUsedTokenComesWithAScopeThatWasNotGrantedThenItEndsTheFamily(String scope) {
        String stolen = refreshToken(wiki.exchange(code()));
        String last = refreshToken(wiki.refresh(refreshToken(wiki.refresh(stolen))));
        assertRefused(wiki.refresh(stolen, scope));
        assertRefused(wiki.refresh(last));
        assertEquals(0L, openSessions());
        assertEquals(1L, events("token.reused"));
    }

    @Test
    void whenAnswerIsLostThenTheSameNextTokenForHalfAMinute() {
        Response first = wiki.exchange(code());
        String next = refreshToken(wiki.refresh(refreshToken(first)));
        usedFirst("now() + interval '1 minute'"); // It may be some seconds ago on a busy machine
        assertEquals(next, refreshToken(wiki.refresh(refreshToken(first))));
        usedFirst("now() - interval '15 seconds'"); // The database was silent for ten of them
        assertEquals(next, refreshToken(wiki.refresh(refreshToken(first))));
        usedFirst("now() - interval '31 seconds'");
        assertRefused(wiki.refresh(refreshToken(first)));
        assertRefused(wiki.refresh(next));
        assertEquals(0L, openSessions());
    }

    /** Nothing is read behind the transaction: what was used up there would be of no use to who comes again. */
    @Test
    void whenTheClaimsOfTheIdTokenCannotBeReadThenNothingIsUsedUp() throws Exception {
        Database.execute("UPDATE applications SET scopes = '{openid,groups}' WHERE id = ?", application);
        String code = TestRows.code(organization, application, person.userId(), browser, "openid groups");
        assertEquals(503, withoutGroups(() -> wiki.exchange(code)).statusCode());
        assertEquals(0L, openSessions());
        Response tokens = wiki.exchange(code);
        String refresh = refreshToken(tokens);
        assertEquals(503, withoutGroups(() -> wiki.refresh(refresh)).statusCode());
        assertEquals(
                0L,
                Database.value(
                        "SELECT count(*) FROM refresh_tokens WHERE organization_id = ? AND used_at IS NOT NULL",
                        organization.id()));
        assertNotEquals(null, wiki.refresh(refresh).<String>path("id_token"));
    }

    @Test
    void whenRefreshedManyTimesAtOnceThenOneFamilyLives() {
        String token = refreshToken(wiki.exchange(code()));
        Set<String> next = new HashSet<>();
        for (Response answer : AtOnce.answers(MANY, i -> wiki.refresh(token))) {
            assertEquals(200, answer.statusCode(), answer.asString());
            next.add(refreshToken(answer));
        }
        assertEquals(1, next.size());
        assertEquals(1L, openSessions());
        assertEquals(200, wiki.refresh(next.iterator().next()).statusCode());
    }

    @Test
    void whenAUsedTokenComesManyTimesAtOnceThenAllAreRefusedAndTheFamilyEndsOnce() {
        String stolen = refreshToken(wiki.exchange(code()));
        String next = refreshToken(wiki.refresh(stolen));
        String last = refreshToken(wiki.refresh(next));
        AtOnce.answers(MANY, i -> wiki.refresh(stolen)).forEach(ApplicationTokensTest::assertRefused);
        assertRefused(wiki.refresh(last));
        assertEquals(0L, openSessions());
        assertEquals(1L, events("token.reused"));
    }

    @Test
    void whenRefreshedManyTimesAtOnceThenOneWaitsForTheAccountAndTheOthersWithoutAConnection() throws Exception {
        String token = refreshToken(wiki.exchange(code()));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<List<Response>> refreshed;
            try (TableLock account = TableLock.ofRow("users", person.userId())) {
                refreshed = thread.submit(() -> AtOnce.answers(MANY, i -> wiki.refresh(token)));
                account.awaitWaiting();
                // What comes later is answered meanwhile
                for (int i = 0; i < MANY; i++) {
                    assertRefused(wiki.refresh("rsr_" + "x".repeat(43)));
                }
                assertEquals(1, account.waiting());
            }
            Set<String> next = new HashSet<>();
            refreshed.get().forEach(answer -> next.add(refreshToken(answer)));
            assertEquals(1, next.size());
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void whenNotUsedForAMonthThenNoMoreTokens() {
        String token = refreshToken(wiki.exchange(code()));
        later("29 days");
        String next = refreshToken(wiki.refresh(token));
        later("29 days");
        String last = refreshToken(wiki.refresh(next));
        later("31 days");
        assertRefused(wiki.refresh(last));
    }

    @Test
    void whenInUseForThreeMonthsThenNoMoreTokens() {
        String token = refreshToken(wiki.exchange(code()));
        for (int week = 0; week < 12; week++) {
            later("7 days");
            token = refreshToken(wiki.refresh(token));
        }
        later("7 days");
        assertRefused(wiki.refresh(token));
    }

    @Test
    void whenScopeIsAskedForThenNarrowedAndNeverWidened() {
        String token = refreshToken(wiki.exchange(code()));
        Response wider = wiki.refresh(token, "users:read audit:read");
        assertEquals(400, wider.statusCode());
        assertEquals("invalid_scope", wider.path("error"));
        Response narrow = wiki.refresh(token, "groups:read");
        assertEquals("groups:read", narrow.path("scope"));
        assertEquals(403, users(access(narrow)));
        Response again = wiki.refresh(refreshToken(narrow), "users:read groups:read offline_access");
        assertEquals("groups:read users:read", again.path("scope"));
    }

    @Test
    void whenRightsAreTakenAwayThenThePresentOnesCount() {
        String token = refreshToken(wiki.exchange(code()));
        Database.execute("UPDATE applications SET scopes = '{groups:read}' WHERE id = ?", application);
        Response fewer = wiki.refresh(token);
        assertEquals("groups:read", fewer.path("scope"));
        Database.execute("UPDATE users SET status = 'deactivated' WHERE id = ?", person.userId());
        assertRefused(wiki.refresh(refreshToken(fewer)));
    }

    @Test
    void whenSessionEndsOrTokenIsRevokedThenNoMoreTokens() {
        Response ended = wiki.exchange(code());
        given().auth()
                .oauth2(person.token())
                .delete("/api/v1/users/me/sessions")
                .then()
                .statusCode(204);
        assertRefused(wiki.refresh(refreshToken(ended)));
        assertEquals(401, users(access(ended)));
        Database.execute("UPDATE sessions SET ended_at = NULL WHERE id = ?", browser);
        Response revoked = wiki.exchange(code());
        wiki.form()
                .formParam("token", refreshToken(revoked))
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);
        assertRefused(wiki.refresh(refreshToken(revoked)));
        assertEquals(401, users(access(revoked)));
        assertEquals(1L, events("token.revoked"));
    }

    /** Whoever comes second finds it ended, perhaps before this replica has heard of it. */
    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token"})
    void whenATokenIsRevokedTwiceAtOnceThenNoGoodBehindEitherAnswer(String token) throws Exception {
        Response tokens = wiki.exchange(code());
        UUID session = (UUID) Database.value(
                "SELECT id FROM sessions WHERE organization_id = ? AND application_id = ?",
                organization.id(),
                application);
        assertEquals(200, users(access(tokens)));
        CompletableFuture<List<Integer>> revoked;
        try (TableLock lock = TableLock.ofRow("sessions", session)) {
            revoked = CompletableFuture.supplyAsync(() -> AtOnce.all(2, i -> {
                wiki.form()
                        .formParam("token", tokens.<String>path(token))
                        .post("/oauth2/revoke")
                        .then()
                        .statusCode(200);
                return users(access(tokens));
            }));
            lock.awaitWaiting(token.startsWith("access") ? 2 : 1); // Those with one refresh token take turns
        }
        assertEquals(List.of(401, 401), revoked.join());
    }

    /** Neither of these waits for the account, whose lock the refresh holds. */
    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/revoke", "/api/v1/users/me/sessions/"})
    void whenTheSessionEndsWhileItsTokenIsRefreshedThenItStaysEnded(String way) throws Exception {
        Response tokens = wiki.exchange(code());
        String own = person.token();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Response> refreshed;
            try (TableLock groups = new TableLock("memberships")) {
                refreshed = thread.submit(() -> wiki.refresh(refreshToken(tokens)));
                groups.awaitWaiting(); // It has read the session
                if (way.startsWith("/oauth2")) {
                    Response revoked =
                            wiki.form().formParam("token", access(tokens)).post(way);
                    assertEquals(200, revoked.statusCode());
                } else {
                    Object session = Database.value(
                            "SELECT id FROM sessions WHERE organization_id = ? AND application_id = ?",
                            organization.id(),
                            application);
                    Response ended = given().auth().oauth2(own).delete(way + session);
                    assertEquals(204, ended.statusCode());
                }
            }
            assertRefused(refreshed.get());
            assertEquals(0L, openSessions());
            assertEquals(401, users(access(tokens)));
            assertRefused(wiki.refresh(refreshToken(tokens)));
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void whenThePersonSignsOutEverywhereWhileACodeIsUsedThenWhatItGivesEnds() throws Exception {
        String code = code();
        String own = person.token();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Response> used;
            Future<Response> out;
            try (TableLock grants = new TableLock("application_grants IN SHARE MODE")) {
                used = threads.submit(() -> wiki.exchange(code));
                grants.awaitWaiting(); // It has found the browser signed in
                out = threads.submit(() -> given().auth().oauth2(own).delete("/api/v1/users/me/sessions"));
                Eventually.holds(() -> out.isDone() || grants.waiting() == 2);
            }
            assertEquals(204, out.get().statusCode());
            assertEquals(0L, openSessions());
            assertEquals(401, users(access(used.get())));
            assertRefused(wiki.refresh(refreshToken(used.get())));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whenTokenIsOfAnotherApplicationThenNeitherUsedNorRevokedByIt() {
        String token = refreshToken(wiki.exchange(code()));
        UUID thief = TestRows.application(organization);
        TestRows.applicationSecret(organization, thief, "thief");
        assertRefused(new CodeGrant(thief, "thief").refresh(token));
        new CodeGrant(thief, "thief")
                .form()
                .formParam("token", token)
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);
        assertEquals(200, wiki.refresh(token).statusCode());
    }

    @Test
    void whenApplicationIsRemovedThenItsTokensEnd() {
        Response tokens = wiki.exchange(code());
        given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .delete("/api/v1/applications/" + application)
                .then()
                .statusCode(204);
        assertEquals(401, users(access(tokens)));
        assertEquals(401, wiki.refresh(refreshToken(tokens)).statusCode());
    }

    private String code() {
        return TestRows.code(organization, application, person.userId(), browser, "users:read groups:read users:write");
    }

    /** With one thing that is not as usual. */
    private Response exchange(String code, String name, String value) {
        RequestSpecification request = wiki.form().formParam("grant_type", "authorization_code");
        for (String[] usual : new String[][] {{"code", code}, {"redirect_uri", URI}, {"code_verifier", VERIFIER}}) {
            request.formParam(usual[0], usual[0].equals(name) ? value : usual[1]);
        }
        return request.post("/oauth2/token");
    }

    private static String access(Response tokens) {
        assertEquals(200, tokens.statusCode(), tokens.asString());
        return tokens.path("access_token");
    }

    private static String refreshToken(Response tokens) {
        assertEquals(200, tokens.statusCode(), tokens.asString());
        return tokens.path("refresh_token");
    }

    private static int users(String token) {
        return given().auth().oauth2(token).get("/api/v1/users").statusCode();
    }

    private static void assertRefused(Response answer) {
        assertAnswer(answer, 400, """
                {'error': 'invalid_grant',
                 'error_description': 'The code or refresh token is not good, or not of this client'}
                """);
    }

    /** What is answered where the database gives up reading groups. */
    private static Response withoutGroups(Supplier<Response> request) throws Exception {
        try (TableLock groups = new TableLock("groups")) {
            CompletableFuture<Response> answer = CompletableFuture.supplyAsync(request);
            groups.awaitWaiting();
            giveUpWaiting();
            return answer.join();
        }
    }

    /** As the database does it after some seconds. */
    private static void giveUpWaiting() {
        Database.value("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0");
    }

    /** When the first token was used. */
    private void usedFirst(String time) {
        Database.execute(
                "UPDATE refresh_tokens SET used_at = " + time + " WHERE organization_id = ? AND used_at IS NOT NULL",
                organization.id());
    }

    /** As if the application had not come for so long. */
    private void later(String time) {
        Database.execute(
                "UPDATE sessions SET created_at = " + Database.earlier("created_at", "CAST(? AS interval)")
                        + ", last_seen_at = " + Database.earlier("last_seen_at", "CAST(? AS interval)")
                        + ", expires_at = " + Database.earlier("expires_at", "CAST(? AS interval)")
                        + " WHERE organization_id = ? AND application_id = ?",
                time,
                time,
                time,
                organization.id(),
                application);
    }

    private long openSessions() {
        return (long) Database.value(
                "SELECT count(*) FROM sessions WHERE organization_id = ? AND application_id = ? AND ended_at IS NULL",
                organization.id(),
                application);
    }

    private long events(String type) {
        return (long) Database.value(
                "SELECT count(*) FROM audit_events WHERE organization_id = ? AND type = ?", organization.id(), type);
    }
}
