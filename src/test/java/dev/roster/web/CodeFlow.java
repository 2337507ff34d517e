package dev.roster.web;

import static dev.roster.testing.CodeGrant.CHALLENGE;
import static dev.roster.testing.CodeGrant.URI;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.CodeGrant;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/** A person with a browser, and an application of its own organization that it signs in to. */
final class CodeFlow {
    static final String AUTHORIZE = "/oauth2/authorize";
    static final String SECRET = "secret-of-the-wiki";
    static final String PASSWORD = "correct horse battery";
    private static final Pattern ONWARD = Pattern.compile("content=\"0; url=([^\"]+)\"");

    final TestOrganization organization = TestOrganization.create();
    final UUID person = TestRows.person(organization, "ada", "ada@example.com", Role.MEMBER);
    final UUID application = TestRows.application(organization);
    final CodeGrant grant = new CodeGrant(application, SECRET);
    final String clientId = "test-" + application;
    final TestBrowser browser = new TestBrowser();

    /** One of the operator's own, which asks nobody, with these scopes. */
    static CodeFlow with(String... scopes) {
        CodeFlow flow = new CodeFlow();
        TestRows.applicationSecret(flow.organization, flow.application, SECRET);
        Database.execute(
                "UPDATE applications SET is_first_party = true, scopes = string_to_array(?, ' '),"
                        + " post_logout_redirect_uris = '{https://wiki.example.com/bye}' WHERE id = ?",
                String.join(" ", scopes),
                flow.application);
        setPassword(flow.organization, flow.person);
        return flow;
    }

    static void setPassword(TestOrganization organization, UUID person) {
        given().auth()
                .oauth2(organization.token(Role.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("password", PASSWORD, "password_expired", false))
                .patch("/users/" + person)
                .then()
                .statusCode(200);
    }

    CodeFlow signIn() {
        Response answer = signIn("ada", "");
        assertEquals(303, answer.statusCode(), answer.asString());
        return this;
    }

    /** Sends the form of the sign-in, which leads on to a path of this service. */
    Response signIn(String name, String next) {
        Map<String, String> fields =
                new HashMap<>(Map.of("organization", organization.name(), "name", name, "password", PASSWORD));
        if (!next.isEmpty()) {
            fields.put("continue", next);
        }
        return browser.submit("/signin", "/signin", fields);
    }

    Map<String, String> parameters(Map<String, String> changes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", URI);
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.put("state", "a b&c");
        parameters.putAll(changes);
        return parameters;
    }

    Response authorize(Map<String, String> changes) {
        return browser.get(AUTHORIZE + query(parameters(changes)));
    }

    /** What the application is answered at its redirect URI. */
    Map<String, String> answer(Map<String, String> changes) {
        String location = location(authorize(changes));
        assertTrue(location.startsWith(URI + "?"), location);
        return answerOf(location);
    }

    /** The tokens of a new code. */
    Response tokens(Map<String, String> changes) {
        String code = answer(changes).get("code");
        Response tokens = exchange(code);
        assertEquals(200, tokens.statusCode(), tokens.asString());
        return tokens;
    }

    Response exchange(String code) {
        return grant.exchange(code);
    }

    Response exchange(String code, String verifier) {
        return grant.exchange(code, URI, verifier);
    }

    Response refresh(String token) {
        return grant.refresh(token);
    }

    RequestSpecification form() {
        return grant.form();
    }

    /** The claims of an ID token, verified as a client does it. */
    JwtClaims verified(String idToken, String algorithm) throws Exception {
        JsonWebKeySet keys = new JsonWebKeySet(given().get("/oauth2/jwks").asString());
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT, algorithm)
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setExpectedIssuer(true, issuer())
                .setExpectedAudience(true, clientId)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .build()
                .processToClaims(idToken);
    }

    static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    static String location(Response answer) {
        assertEquals(303, answer.statusCode(), answer.asString());
        return answer.header("Location");
    }

    /** Where a page leads on to by itself. */
    static String onward(Response page) {
        assertEquals(200, page.statusCode(), page.asString());
        Matcher onward = ONWARD.matcher(page.asString());
        assertTrue(onward.find(), page.asString());
        return onward.group(1).replace("&amp;", "&");
    }

    static Map<String, String> answerOf(String location) {
        Map<String, String> answer = new HashMap<>();
        for (String pair : location.substring(location.indexOf('?') + 1).split("&", -1)) {
            String[] sides = pair.split("=", 2);
            answer.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return answer;
    }
}
