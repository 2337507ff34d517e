package dev.roster.invite;

import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.token;
import static dev.roster.testing.Bearer.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.testing.TestKeys;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token of an invite accepts invites and does nothing else; nothing else accepts invites. */
@QuarkusTest
class InviteTokenTest {
    private static final Map<String, String> BODY = Map.of("name", "Ada", "password", TestInvites.PASSWORD);

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void hasATypeAndAScopeOfItsOwn() throws Exception {
        JsonWebSignature token = parse(inviteToken());
        assertEquals("invite+jwt", token.getHeader("typ"));
        assertEquals("invite:accept", claims(token).getStringClaimValue("scope"));
    }

    @Test
    void mayNotSendItselfAgain() {
        Response created = invite(admin(), address());
        as(token(created))
                .post("/api/v1/invites/{id}/resend", id(created))
                .then()
                .statusCode(401);
    }

    @Test
    void accessTokenAcceptsNoInvite() {
        refused(accept("Bearer " + admin()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YTpi"})
    void refusesWhatIsNoToken(String authorization) {
        refused(accept(authorization));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "====", "!", "A", "."})
    void refusesAnotherSpelling(String suffix) {
        refused(accept("Bearer " + inviteToken() + suffix));
    }

    @Test
    void refusesNoAuthorization() {
        given().contentType(ContentType.JSON)
                .body(BODY)
                .post("/api/v1/invites/accept")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer realm=\"roster\""));
    }

    @Test
    void refusesUserKeyAndSeveralTokens() {
        String token = inviteToken();
        refused(accept("UserKey " + token));
        refused(given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + token, "Bearer " + token)
                .body(BODY)
                .post("/api/v1/invites/accept"));
    }

    @Test
    void tokenIsAskedForBeforeTheBodyIsRead() {
        refused(given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer x")
                .body("{")
                .post("/api/v1/invites/accept"));
    }

    @Test
    void schemeIsCaseInsensitive() {
        accept("bearer " + inviteToken()).then().statusCode(200);
    }

    @Test
    void refusesForgedTokens() throws Exception {
        refused(forged(claims -> claims.setIssuer("https://elsewhere.example")));
        refused(forged(claims -> claims.setAudience("roster")));
        refused(forged(claims -> claims.setStringClaim("scope", "users:read")));
        refused(forged(claims -> claims.unsetClaim("exp")));
        refused(forged(claims -> claims.unsetClaim("jti")));
        refused(forged(claims -> claims.setSubject("no-uuid")));
        refused(accept("Bearer " + sign(claims(parse(inviteToken())), "at+jwt")));
        refused(accept("Bearer " + unsigned(claims(parse(inviteToken())))));
        refused(accept("Bearer " + withPublicKeyAsSecret(claims(parse(inviteToken())))));
        refused(accept("Bearer " + inviteToken().replaceAll(".{8}$", "AAAAAAAA")));
    }

    @Test
    void genuineTokenOfNoInviteIsOver() throws Exception {
        forged(claims -> claims.setSubject(java.util.UUID.randomUUID().toString()))
                .then()
                .statusCode(410)
                .body("code", equalTo("invite_revoked"));
    }

    @Test
    void isInNoReadAnswer() throws Exception {
        Response created = invite(admin(), address());
        JsonWebSignature token = parse(token(created));
        // A token signed anew for the answer would have the same header and the same id
        String header = List.of(token(created).split("\\.", 3)).get(0);
        String tokenId = claims(token).getJwtId();
        for (String path : List.of("/api/v1/invites", "/api/v1/invites/" + id(created))) {
            as(admin())
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body(containsString(id(created)))
                    .body(not(containsString(header)))
                    .body(not(containsString(tokenId)))
                    .body(not(containsString("#token=")));
        }
    }

    private Response forged(Consumer<JwtClaims> change) throws Exception {
        JwtClaims claims = claims(parse(inviteToken()));
        change.accept(claims);
        return accept("Bearer " + sign(claims, "invite+jwt"));
    }

    private static String sign(JwtClaims claims, String type) throws Exception {
        PublicJsonWebKey key = TestKeys.current();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", type);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("ES256");
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    private static String unsigned(JwtClaims claims) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "invite+jwt");
        signature.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue("none");
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    private static String withPublicKeyAsSecret(JwtClaims claims) throws Exception {
        PublicJsonWebKey key = TestKeys.current();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "invite+jwt");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKey(new HmacKey(key.getPublicKey().getEncoded()));
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    private static JsonWebSignature parse(String token) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        signature.setKey(TestKeys.current().getPublicKey());
        return signature;
    }

    private static JwtClaims claims(JsonWebSignature token) throws Exception {
        return JwtClaims.parse(token.getPayload());
    }

    private static Response accept(String authorization) {
        return given().contentType(ContentType.JSON)
                .header("Authorization", authorization)
                .body(BODY)
                .post("/api/v1/invites/accept");
    }

    private static void refused(Response answer) {
        answer.then()
                .statusCode(401)
                .body("code", equalTo("invalid_token"))
                .header("WWW-Authenticate", startsWith("Bearer realm=\"roster\""));
    }

    private String inviteToken() {
        return token(invite(admin(), address()));
    }

    private String admin() {
        return organization.token(Role.ADMIN);
    }
}
