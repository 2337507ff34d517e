package dev.roster.access.federation;

import static dev.roster.testing.SecuredRoutes.get;
import static dev.roster.testing.SecuredRoutes.read;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.federation.StandInIssuer.Mood;
import dev.roster.access.session.LastSeen;
import dev.roster.access.session.TestSightings;
import dev.roster.caller.Role;
import dev.roster.platform.background.Cleaner;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Cleaners;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.FreePort;
import dev.roster.testing.TestKeys;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of other issuers, whose keys come over HTTP. */
@QuarkusTest
@TestProfile(FederationTest.WithIssuers.class)
class FederationTest {
    static final String PORT = "stand-in.port";
    static final String ORGANIZATION = "federated";
    private static final List<String> WITH_ROLE_CLAIM = List.of(
            "main", "outage", "silent", "endless", "garbage", "rotating", "guessed", "empty", "html", "moved", "twins");

    // Ten seconds lie between two attempts to read the keys of one: they pass while other tests run
    private static final List<String> READ_AGAIN = List.of("outage", "empty", "html", "moved", "rotating");

    /** One issuer a test that spoils it, and one with a fixed role that makes no accounts. */
    public static class WithIssuers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // The service is configured before this test's classes are loaded once more
            String port = Integer.toString(FreePort.next());
            Map<String, String> settings = new HashMap<>();
            settings.put(PORT, port);
            for (String name : WITH_ROLE_CLAIM) {
                trust(settings, name, port);
                settings.put(prefix(name) + "role-claim", "realm_access.roles");
                settings.put(prefix(name) + "create-accounts", "true");
            }
            trust(settings, "fixed", port);
            settings.put(prefix("fixed") + "role", "viewer");
            StandInProvider.settings(settings, port);
            // For the test of a packaged service, whose settings are not those of the test
            System.setProperty(PORT, port);
            return settings;
        }

        private static void trust(Map<String, String> settings, String name, String port) {
            String url = "http://127.0.0.1:" + port + "/" + name;
            settings.put(prefix(name) + "issuer", url);
            settings.put(prefix(name) + "jwks-url", url);
            settings.put(prefix(name) + "audience", "roster-api");
            settings.put(prefix(name) + "organization", ORGANIZATION);
        }

        private static String prefix(String name) {
            return "roster.trusted-issuers." + name + ".";
        }
    }

    private static final PublicJsonWebKey KEY = rsa("key");

    private static StandInIssuer standIn;

    @Inject
    LastSeen lastSeen;

    private final Cleaner cleaner = Cleaners.named("AttemptCleaner");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private final String subject = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        standIn = new StandInIssuer(ConfigProvider.getConfig().getValue(PORT, Integer.class));
    }

    @AfterAll
    static void stop() {
        standIn.stop();
    }

    @BeforeEach
    void publish() {
        Database.execute(
                "INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)"
                        + " VALUES (?, ?, 'Federated', now(), now(), 0) ON CONFLICT DO NOTHING",
                UUID.fromString("00000000-0000-7000-8000-000000000001"),
                ORGANIZATION);
        WITH_ROLE_CLAIM.forEach(name -> standIn.publish("/" + name, KEY));
        standIn.publish("/fixed", KEY);
        awaitAccepted(token("main", "member").claim("sub", "reader"));
        READ_AGAIN.stream()
                .filter(name -> standIn.requests("/" + name) == 0)
                .forEach(name -> awaitAccepted(token(name, "member").claim("sub", "reader")));
    }

    @Test
    void whenFirstTokenThenAccountIsMade() {
        String name = "ada-" + subject;
        String email = subject + "@example.org";
        ForgedToken token = token("main", "member")
                .claim("preferred_username", name)
                .claim("email", email)
                .claim("email_verified", true)
                .claim("name", "Ada Lovelace");
        accepted(token).body(equalTo("main:console"));
        accepted(token);
        assertEquals(1L, accounts());
        assertEquals(
                name + " " + email + " Ada Lovelace member",
                Database.value(
                        "SELECT concat_ws(' ', username, email, display_name, role) FROM users"
                                + " WHERE oauth_id = ? AND oauth_provider = ?",
                        subject,
                        url("/main")));
        assertEquals(
                "user.created by itself, user.signed_up by itself",
                Database.value(
                        "SELECT string_agg(e.type || CASE WHEN e.actor_id = u.id THEN ' by itself' END, ', ' ORDER BY e.type)"
                                + " FROM users u JOIN audit_events e ON e.organization_id = u.organization_id"
                                + " AND e.target_id = u.id AND e.type LIKE 'user.%' WHERE u.oauth_id = ?",
                        subject));
    }

    @Test
    void whenNameIsTakenThenAccountOfItsOwn() {
        String name = "bob-" + subject;
        accepted(token("main", "admin").claim("preferred_username", name));
        String other = UUID.randomUUID().toString();
        accepted(token("main", "viewer").claim("sub", other).claim("preferred_username", name));
        assertEquals(
                true,
                Database.value(
                        "SELECT username LIKE 'main-%' AND role = 'viewer' FROM users WHERE oauth_id = ?", other));
    }

    @Test
    void whenManyFirstRequestsAtOnceThenOneAccount() {
        String token = token("main", "member")
                .claim("preferred_username", "many-" + subject)
                .sign();
        List<Integer> statuses = AtOnce.each(20, i -> read(token));
        assertEquals(List.of(200), statuses.stream().distinct().toList());
        assertEquals(1L, accounts());
    }

    @Test
    void whenAccountsAreNotMadeThenOnlyKnownSubjects() {
        ForgedToken token = token("fixed", "admin");
        refused(token);
        accepted(token("main", "admin"));
        Database.execute("UPDATE users SET oauth_provider = ? WHERE oauth_id = ?", url("/fixed"), subject);
        awaitAccepted(token);
        forbidden(token);
    }

    @Test
    void whenRoleIsLowerInTokenOrDirectoryThenItHolds() {
        ForgedToken admin = token("main", "admin");
        writes(admin, 200);
        writes(token("main", "viewer"), 403);
        Database.execute("UPDATE users SET role = 'member' WHERE oauth_id = ?", subject);
        writes(admin, 403);
        accepted(admin);
    }

    @Test
    void whenAccountIsDeactivatedThenRefusedAtOnce() {
        ForgedToken token = token("main", "member");
        accepted(token);
        Database.execute("UPDATE users SET status = 'deactivated' WHERE oauth_id = ?", subject);
        refused(token);
    }

    @Test
    void whenAccountIsDeletedThenItsTokensDoNotMakeItAnew() {
        ForgedToken token = token("main", "member").claim("preferred_username", "gone-" + subject);
        accepted(token);
        given().auth()
                .oauth2(admin())
                .delete("/api/v1/users/gone-" + subject)
                .then()
                .statusCode(204);
        refused(token);
        refused(token("main", "admin").claim("preferred_username", "new-" + subject));
        assertEquals(0L, accounts());
    }

    /** Also of a token that was verified before, and so is only looked up. */
    @Test
    void whenSomethingIsChangedThenItsAccountIsTheActor() {
        String token = token("main", "admin").sign();
        for (String name : List.of("first", "second")) {
            given().auth()
                    .oauth2(token)
                    .contentType("application/json")
                    .body(Map.of("name", name + "-" + subject.substring(0, 8)))
                    .post("/api/v1/groups")
                    .then()
                    .statusCode(201);
        }
        assertEquals(
                "account true, account true",
                Database.value(
                        "SELECT string_agg(e.actor_kind || ' ' || (e.actor_id = u.id), ', ') FROM audit_events e, users u"
                                + " WHERE u.oauth_id = ? AND e.target_name LIKE '%-' || left(u.oauth_id, 8)"
                                + " AND e.type = 'group.created'",
                        subject));
    }

    @Test
    void whenAnAddressThatIsNotThereIsTakenAwayThenThatChangesNothingOfTheIssuers() {
        accepted(token("main", "member").claim("preferred_username", "bare-" + subject));
        given().auth()
                .oauth2(admin())
                .contentType("application/json")
                .body(Map.of("full_name", "X", "email_address", ""))
                .patch("/api/v1/users/bare-" + subject + "/profile")
                .then()
                .statusCode(200)
                .body("profile.full_name", equalTo("X"));
    }

    @Test
    void whenCallingThenSeen() {
        accepted(token("main", "member"));
        Database.execute("UPDATE users SET last_seen_at = NULL WHERE oauth_id = ?", subject);
        accepted(token("main", "member").claim("jti", "another"));
        TestSightings.write(lastSeen);
        // The service's own run may have it
        Eventually.equal(
                true,
                () -> Database.value(
                        "SELECT last_seen_at > now() - interval '1 minute' FROM users WHERE oauth_id = ?", subject));
    }

    /** A token of an administrator of the organization. */
    private String admin() {
        return token("main", "admin").claim("sub", "admin-" + subject).sign();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "sub", "realm_access"})
    void whenClaimIsMissingThenRefused(String claim) {
        refused(token("main", "member").claim(claim, null));
    }

    @Test
    void whenClaimsAreWrongThenRefused() {
        long now = System.currentTimeMillis() / 1_000;
        refused(token("main", "member").claim("iss", url("/main/")));
        refused(token("main", "member").claim("iss", url("/main").toUpperCase(Locale.ROOT)));
        refused(token("main", "member").claim("aud", "roster"));
        refused(token("main", "member").claim("exp", now - 60));
        refused(token("main", "member").claim("nbf", now + 60));
        refused(token("main", "member").claim("iat", now + 60));
        refused(token("main", "member").claim("typ", "ID"));
        refused(token("main", "member").claim("sub", "x".repeat(256)));
        refused(token("main", "member").claim("sub", "a\u0000b"));
        refused(token("main", "owner"));
        refused(token("main", "member").header("typ", "logout+jwt"));
        accepted(token("main", "member").header("typ", "at+jwt"));
        accepted(token("main", "member").header("typ", null).claim("typ", "Bearer"));
    }

    @Test
    void whenSignatureIsWrongThenRefused() {
        refused(token("main", "member").key(rsa("other").getPrivateKey()));
        refused(token("main", "member").header("kid", null));
        refused(token("main", "member").header("alg", "RS512"));
        refused(token("main", "member").header("alg", "PS256"));
        refused(token("main", "member")
                .header("alg", "HS256")
                .key(new HmacKey(KEY.getPublicKey().getEncoded())));
        String[] parts = token("main", "member").sign().split("\\.", -1);
        refused("eyJhbGciOiJub25lIiwia2lkIjoia2V5In0." + parts[1] + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"typ\":1}",
                "{\"kid\":7,\"alg\":\"RS256\"}",
                "{\"kid\":\"key\",\"alg\":[]}",
                "{\"kid\":\"key\",\"alg\":null}",
                "{\"kid\":\"key\"}",
                "{\"kid\":\"key\",\"alg\":\"RS256\",\"typ\":{}}",
                "[]",
                "{}",
                "1"
            })
    void whenTheHeaderIsMalformedThenRefused(String header) {
        String[] parts = token("main", "member").sign().split("\\.", -1);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        refused(base64.encodeToString(header.getBytes(StandardCharsets.US_ASCII)) + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void whenOwnTokenThenStillAccepted() {
        assertEquals(200, read(TestOrganization.create().token(Role.VIEWER)));
    }

    @Test
    void whenForeignKeySignsOwnIssuerThenRefused() {
        refused(new ForgedToken(Role.ADMIN)
                .header("kid", "key")
                .header("alg", "RS256")
                .key(KEY.getPrivateKey()));
    }

    @Test
    void whenIssuerAnswersWithoutKeysThenLastKeysAreKept() throws Exception {
        Map<String, Mood> moods = Map.of(
                "outage", Mood.FAILING,
                "empty", Mood.EMPTY,
                "html", Mood.GARBAGE,
                "moved", Mood.MOVED);
        for (String name : moods.keySet()) {
            awaitAccepted(token(name, "member"));
            standIn.turn("/" + name, moods.get(name));
        }
        for (String name : moods.keySet()) {
            int asked = standIn.requests("/" + name);
            Eventually.holds(
                    () -> {
                        refused(token(name, "member").header("kid", "new"));
                        return standIn.requests("/" + name) != asked;
                    },
                    () -> name + " is not asked again");
            accepted(token(name, "member").claim("jti", "another"));
        }
        assertEquals(0, standIn.requests("/elsewhere"));
    }

    @Test
    void whenTokenIsBoundToAKeyThenNoBearerToken() {
        refused(token("main", "member").claim("cnf", Map.of("jkt", "x")));
        refused(token("main", "member").claim("cnf", Map.of("x5t#S256", "x")));
    }

    @Test
    void whenItIsSpelledOtherwiseThenRefused() {
        String token = token("main", "member").sign();
        assertEquals(200, read(token));
        for (String suffix : List.of("=", "====", "!", "!!!!", "A", ".")) {
            assertEquals(401, read(token + suffix), suffix);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "nbf"})
    void whenTimeIsNoWholeNumberThenRefused(String claim) {
        long time = System.currentTimeMillis() / 1_000 + (claim.equals("exp") ? 600 : -10);
        accepted(token("main", "member").claim(claim, time));
        refused(token("main", "member").claim(claim, time + 0.5));
        refused(token("main", "member").claim(claim, Long.toString(time)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "endless", "garbage"})
    void whenAnswerIsBadThenRefusedInTime(String name) {
        standIn.turn("/" + name, Mood.valueOf(name.toUpperCase(Locale.ROOT)));
        long start = System.nanoTime();
        refused(token(name, "member"));
        assertTrue(System.nanoTime() - start < 15_000_000_000L);
        assertEquals(200, read(TestOrganization.create().token(Role.VIEWER)));
    }

    @Test
    void whenItWantsAKeyForItselfThenForbidden() {
        given().header("Authorization", "Bearer " + token("main", "admin").sign())
                .contentType("application/json")
                .body("{\"name\": \"k\"}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void whenManyUnknownKeysThenIssuerIsAskedRarely() {
        AtOnce.each(50, i -> {
            refused(token("guessed", "member").header("kid", "guess-" + i));
            return i;
        });
        assertTrue(standIn.requests("/guessed") <= 3, "" + standIn.requests("/guessed"));
    }

    @Test
    void whenNewKeyIsPublishedThenAcceptedSoon() throws Exception {
        awaitAccepted(token("rotating", "member"));
        PublicJsonWebKey next = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        next.setKeyId("next");
        standIn.publish("/rotating", next);
        String token = token("rotating", "member")
                .header("kid", "next")
                .header("alg", "ES256")
                .key(next.getPrivateKey())
                .sign();
        Eventually.equal(200, () -> read(token));
        refused(token("rotating", "member"));
    }

    @Test
    void whenKeysOfTwoKindsHaveOneIdThenEachVerifiesItsOwn() {
        PublicJsonWebKey curve = TestKeys.newKey("key");
        PublicJsonWebKey forEncryption = rsa("key");
        forEncryption.setUse("enc");
        standIn.publish("/twins", KEY, curve, forEncryption);
        awaitAccepted(token("twins", "member"));
        accepted(token("twins", "member").header("alg", "ES256").key(curve.getPrivateKey()));
        refused(token("twins", "member").key(forEncryption.getPrivateKey()));
        refused(token("twins", "member")
                .header("alg", "ES256")
                .key(TestKeys.newKey("key").getPrivateKey()));
    }

    @Test
    void whenNobodyComesBackFromASignInThenNothingStays() {
        UUID organization = UUID.randomUUID();
        Database.execute(
                "INSERT INTO federated_sign_ins (organization_id, digest, browser_digest, issuer, path, expires_at)"
                        + " SELECT ?, sha256(convert_to(i::text, 'UTF8')), sha256(''), 'idp', '/account',"
                        + " now() + (i - 1) * interval '1 minute' FROM generate_series(0, 2) i",
                organization);
        cleaner.run().await().atMost(Duration.ofSeconds(30));
        Database.awaitReleased("federated_sign_ins WHERE organization_id = ?", organization);
        assertEquals(
                1L, Database.value("SELECT count(*) FROM federated_sign_ins WHERE organization_id = ?", organization));
    }

    /** Strangers can begin neither. */
    @Test
    void whenThePurposeOfASignInIsKnownThenItStaysForAnHourMore() {
        UUID organization = UUID.randomUUID();
        Database.execute(
                "INSERT INTO federated_sign_ins (organization_id, digest, browser_digest, issuer, path, expires_at,"
                        + " user_id, invite_id, invite_token_id)"
                        + " SELECT ?, sha256(convert_to(i::text, 'UTF8')), sha256(''), 'idp', '/account',"
                        + " now() - i * interval '20 minutes', CASE i % 2 WHEN 0 THEN gen_random_uuid() END,"
                        + " CASE i % 2 WHEN 1 THEN gen_random_uuid() END, CASE i % 2 WHEN 1 THEN gen_random_uuid() END"
                        + " FROM generate_series(1, 4) i",
                organization);
        cleaner.run().await().atMost(Duration.ofSeconds(30));
        Database.awaitReleased("federated_sign_ins WHERE organization_id = ?", organization);
        assertEquals(
                2L, Database.value("SELECT count(*) FROM federated_sign_ins WHERE organization_id = ?", organization));
    }

    @Test
    void howSignInsEndIsCounted() {
        given().get("/signin/with/idp/callback?state=x").then().statusCode(400);
        String line = "roster_sign_ins_federated_total{issuer=\"idp\",outcome=\"unknown_attempt\"} ";
        assertTrue(given().get(metrics).asString().contains(line));
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + ConfigProvider.getConfig().getValue(PORT, String.class) + path;
    }

    private ForgedToken token(String issuer, String role) {
        return new ForgedToken(Role.VIEWER)
                .claim("iss", url("/" + issuer))
                .claim("aud", List.of("account", "roster-api"))
                .claim("sub", subject)
                .claim("azp", "console")
                .claim("realm_access", Map.of("roles", List.of("offline_access", role)))
                .claim("scope", "openid email")
                .claim("client_id", null)
                .claim("sid", null)
                .claim("org", null)
                .claim("org_name", null)
                .claim("groups", null)
                .header("typ", "JWT")
                .header("kid", "key")
                .header("alg", "RS256")
                .key(KEY.getPrivateKey());
    }

    /** The first token of an issuer: where reading its keys takes too long, that is tried again ten seconds later. */
    private static void awaitAccepted(ForgedToken token) {
        String signed = token.sign();
        Eventually.equal(200, () -> read(signed));
    }

    private static ValidatableResponse accepted(ForgedToken token) {
        return get("users-read", token.sign()).statusCode(200);
    }

    private static void writes(ForgedToken token, int status) {
        get("users-write", token.sign()).statusCode(status);
    }

    private static void forbidden(ForgedToken token) {
        get("users-write", token.sign())
                .statusCode(403)
                .header(
                        "WWW-Authenticate",
                        equalTo("Bearer realm=\"roster\", error=\"insufficient_scope\"," + " scope=\"users:write\""));
    }

    private static void refused(ForgedToken token) {
        refused(token.sign());
    }

    private static void refused(String token) {
        get("users-read", token)
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer realm=\"roster\", error=\"invalid_token\""));
    }

    private Object accounts() {
        return Database.value("SELECT count(*) FROM users WHERE oauth_id = ?", subject);
    }

    private static PublicJsonWebKey rsa(String id) {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
