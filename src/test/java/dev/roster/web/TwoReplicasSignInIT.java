package dev.roster.web;

import static dev.roster.testing.CodeGrant.CHALLENGE;
import static dev.roster.testing.CodeGrant.URI;
import static dev.roster.testing.CodeGrant.VERIFIER;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.Eventually;
import dev.roster.testing.Replica;
import dev.roster.testing.RunningReplicas;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sign-in that goes from one replica to the other with each step, as behind a balancer. */
@Beside
class TwoReplicasSignInIT {
    private static final String PASSWORD = "correct horse battery staple";

    @RegisterExtension
    static final RunningReplicas REPLICAS = RunningReplicas.ofTwo();

    private final Replica one = REPLICAS.one();
    private final Replica other = REPLICAS.other();
    private final TestBrowser browser = new TestBrowser();

    @Test
    void whenEachStepIsOnAnotherReplicaThenTokensAndTheirEndHoldOnBoth() throws Exception {
        String admin = one.adminToken();
        String person = one.send("POST", "/api/v1/users", admin, "{\"name\": \"ada\"}");
        other.send(
                "PATCH",
                "/users/" + Replica.member(person, "id"),
                admin,
                "{\"password\": \"" + PASSWORD + "\", \"password_expired\": false}");
        String application = one.send(
                "POST",
                "/api/v1/applications",
                admin,
                "{\"name\": \"Wiki\", \"redirect_uris\": [\"" + URI + "\"], \"scopes\": [\"openid\", \"users:read\"],"
                        + " \"public\": true, \"first_party\": true, \"id_token_signed_response_alg\": \"RS256\"}");
        String client = Replica.member(application, "client_id");
        browser.goOnWith(url(one));
        Response signedIn = browser.signIn("default", "ada", PASSWORD);
        assertEquals(303, signedIn.statusCode(), signedIn.asString());
        browser.goOnWith(url(other));
        String answer = browser.get("/oauth2/authorize?response_type=code&client_id=" + client + "&redirect_uri=" + URI
                        + "&code_challenge=" + CHALLENGE + "&code_challenge_method=S256")
                .header("Location");
        String code = CodeFlow.answerOf(answer).get("code");
        Response tokens = exchange(one, client, code);
        assertEquals(200, tokens.statusCode(), tokens.asString());
        Response refreshed = given().formParam("client_id", client)
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.<String>path("refresh_token"))
                .post(url(other) + "/oauth2/token");
        String token = refreshed.path("access_token");
        assertEquals(200, one.status("GET", "/oauth2/userinfo", token));
        // The code once more, on the other one: what it gave ends on both
        assertEquals("invalid_grant", exchange(other, client, code).path("error"));
        assertEquals(401, other.status("GET", "/oauth2/userinfo", token));
        Eventually.holds(() -> one.status("GET", "/oauth2/userinfo", token) == 401);
    }

    private static Response exchange(Replica replica, String client, String code) {
        return given().formParam("client_id", client)
                .formParam("grant_type", "authorization_code")
                .formParam("code", code)
                .formParam("redirect_uri", URI)
                .formParam("code_verifier", VERIFIER)
                .post(url(replica) + "/oauth2/token");
    }

    private static String url(Replica replica) {
        return "http://127.0.0.1:" + replica.port();
    }
}
