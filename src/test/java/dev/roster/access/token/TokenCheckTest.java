package dev.roster.access.token;

import static dev.roster.testing.SecuredRoutes.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.roster.caller.Role;
import dev.roster.testing.ForgedToken;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestKeys;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token must be to open a route (RFC 9068 section 4). */
@QuarkusTest
class TokenCheckTest {
    private static final String NO_TOKEN = "Bearer realm=\"roster\"";
    private static final String BAD_TOKEN = NO_TOKEN + ", error=\"invalid_token\", error_description=\"";

    @Inject
    TestClock clock;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "UserKey ", "bearer ", "USERKEY "})
    void whenIssuedTokenThenCallerKnown(String scheme) {
        TestClient client = TestOrganization.create().client(Role.VIEWER);
        String token = client.token();
        for (int i = 0; i < 2; i++) { // the second time from the cache
            given().header("Authorization", scheme + token)
                    .get("/test/users-read")
                    .then()
                    .statusCode(200)
                    .body(equalTo(client.clientId()));
        }
    }

    @Test
    void whenNothingIsWrongThenAccepted() {
        accepted(forged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/at+jwt", "AT+JWT", "Application/At+Jwt"})
    void whenTypeIsWrittenOtherwiseThenAccepted(String type) {
        accepted(forged().header("typ", type));
    }

    @Test
    void whenClocksDifferLittleThenAccepted() {
        clock.stop();
        accepted(forged().claim("iat", now() + 20).claim("nbf", now() + 20));
        accepted(forged().claim("iat", now() - 600).claim("exp", now() - 20));
    }

    @Test
    void whenNoTokenThenPlainChallenge() {
        given().get("/test/users-read").then().statusCode(401).header("WWW-Authenticate", NO_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Token abc", "x"})
    void whenOtherSchemeThenPlainChallenge(String authorization) {
        given().header("Authorization", authorization)
                .get("/test/users-read")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", NO_TOKEN);
    }

    @Test
    void whenSeveralHeadersThenRefused() {
        String token = forged().sign();
        given().header("Authorization", "Bearer " + token)
                .header("Authorization", "UserKey " + token)
                .get("/test/users-read")
                .then()
                .statusCode(401);
    }

    @Test
    void whenRouteIsOpenThenBadTokenDoesNotMatter() {
        given().header("Authorization", "Bearer x").get("/test/open").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE"})
    void whenNotSignedThenRefused(String algorithm) {
        String[] parts = forged().sign().split("\\.", -1);
        String header = base64("{\"typ\":\"at+jwt\",\"alg\":\"" + algorithm + "\"}");
        refused(header + "." + parts[1] + ".");
        refused(header + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void whenPublicKeyIsUsedAsSecretThenRefused() {
        byte[] encoded = TestKeys.current().getPublicKey().getEncoded();
        byte[] json = TestKeys.current().toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
        for (byte[] secret : List.of(encoded, json)) {
            refused(forged().header("alg", "HS256").key(new HmacKey(secret)));
        }
    }

    @Test
    void whenKeyIdIsUnknownOrMissingThenRefused() {
        refused(forged().header("kid", "unknown"));
        refused(forged().header("kid", null));
    }

    @Test
    void whenOtherKeyUnderTheKnownIdThenRefused() throws JoseException {
        refused(forged().key(EcJwkGenerator.generateJwk(EllipticCurves.P256).getPrivateKey()));
    }

    @Test
    void whenKeyComesWithTheTokenThenRefused() throws JoseException {
        var own = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        refused(forged().key(own.getPrivateKey()).header("jwk", own.toParams(OutputControlLevel.PUBLIC_ONLY)));
    }

    @Test
    void whenUnknownCriticalHeaderThenRefused() {
        refused(forged().header("crit", List.of("x")).header("x", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt2", "text/at+jwt", "*", "application/*", ""})
    void whenTypeIsWrongThenRefused(String type) {
        refused(forged().header("typ", type));
    }

    @Test
    void whenIssuerIsWrongThenRefused() {
        refused(forged().claim("iss", "https://elsewhere.example"));
    }

    @Test
    void whenAudienceIsWrongThenRefused() {
        refused(forged().claim("aud", "elsewhere"));
        refused(forged().claim("aud", List.of()));
    }

    @Test
    void whenExpiredThenRefused() {
        refused(forged().claim("iat", now() - 600).claim("exp", now() - 60));
    }

    @Test
    void whenNotYetValidThenRefused() {
        refused(forged().claim("nbf", now() + 60));
        refused(forged().claim("iat", now() + 60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "exp",
                "iat",
                "sub",
                "jti",
                "client_id",
                "sid",
                "org",
                "org_name",
                "scope",
                "groups"
            })
    void whenClaimIsMissingOrOfAnotherTypeThenRefused(String claim) {
        refused(forged().claim(claim, null));
        refused(forged().claim(claim, Map.of("a", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sid", "org"})
    void whenIdIsNotUuidThenRefused(String claim) {
        refused(forged().claim(claim, "1"));
    }

    @Test
    void whenRoleIsUnknownThenRefused() {
        refused(forged().claim("groups", List.of("owner")));
        refused(forged().claim("groups", List.of()));
        refused(forged().claim("groups", List.of("viewer", "admin")));
    }

    @Test
    void whenPayloadIsTamperedThenRefused() {
        String[] parts = forged().sign().split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = payload.replace("\"forger\"", "\"forged\"");
        refused(parts[0] + "." + base64(changed) + "." + parts[2]);
    }

    @Test
    void whenTruncatedThenRefused() {
        String token = forged().sign();
        refused(token.substring(0, token.length() - 4));
        refused(token.substring(0, token.lastIndexOf('.')));
        refused(token.substring(0, token.lastIndexOf('.') + 1));
        refused(token.substring(0, token.indexOf('.')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                "...",
                "....",
                "a.b.c",
                "{}",
                "%00",
                "e30.e30.",
                "eyJhbGciOiJFUzI1NiJ9..",
                "bnVsbA.bnVsbA.bnVsbA",
                "W10.W10.W10",
                " ",
                "a b",
                "a.b.c.d.e"
            })
    void whenGarbageThenRefused(String token) {
        get("users-read", token).statusCode(401);
    }

    @Test
    void whenTokenHasTenKilobytesThenRefused() {
        refused(forged().claim("padding", "x".repeat(7_500)));
        refused("x".repeat(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "==", "====", "!", "!!!!", "A", ".", "%", "~", "+", "/"})
    void whenSomethingFollowsTheTokenThenRefused(String suffix) {
        String token = forged().sign();
        get("users-read", token).statusCode(200);
        get("users-read", token + suffix).statusCode(401);
    }

    @Test
    void whenLastCharacterHasTheSameLeadingBitsThenRefused() {
        String token = forged().sign();
        String start = token.substring(0, token.length() - 1);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = letters.indexOf(token.charAt(token.length() - 1));
        for (int bits = 1; bits < 16; bits++) {
            get("users-read", start + letters.charAt(last | bits)).statusCode(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "nbf"})
    void whenTimeIsNoWholeNumberThenRefused(String claim) {
        long time = claim.equals("exp") ? now() + 600 : now() - 10;
        accepted(forged().claim(claim, time));
        refused(forged().claim(claim, time + 0.5));
        refused(forged().claim(claim, (double) time));
        refused(forged().claim(claim, Long.toString(time)));
        refused(forged().claim(claim, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "sub", "scope"})
    void whenClaimIsThereTwiceThenRefused(String claim) {
        accepted(forged().payloadEnd(",\"unknown\":1}"));
        refused(forged().payloadEnd(",\"" + claim + "\":1}"));
    }

    @Test
    void whenTokenIsBoundToAKeyThenRefused() {
        refused(forged().claim("cnf", Map.of("jkt", "x")));
    }

    @Test
    void whenPayloadIsNotEncodedThenRefused() {
        refused(forged().header("b64", true));
        refused(forged().header("crit", List.of("b64")).header("b64", true));
    }

    private static ForgedToken forged() {
        return new ForgedToken(Role.ADMIN);
    }

    private static void accepted(ForgedToken token) {
        get("users-read", token.sign()).statusCode(200);
    }

    private static void refused(ForgedToken token) {
        refused(token.sign());
    }

    private static void refused(String token) {
        get("users-read", token).statusCode(401).header("WWW-Authenticate", startsWith(BAD_TOKEN));
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
