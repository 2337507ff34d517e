import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nimbus' OAuth 2.0 SDK signs a person in, refreshes, asks who it is, introspects, and signs out. */
class Nimbus {
    private static final String ROSTER = System.getenv("ROSTER_URL");
    private static final URI REDIRECT = URI.create("http://127.0.0.1:9/cb");
    private static final URI BYE = URI.create("http://127.0.0.1:9/bye");

    public static void main(String[] arguments) {
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256)) {
            String what = "Nimbus, " + algorithm + ": sign-in, refresh, userinfo, introspection, sign-out";
            try {
                signsIn(algorithm);
                System.out.println("PASS " + what);
            } catch (Exception | AssertionError failure) {
                System.out.println("FAIL " + what + ": " + String.valueOf(failure).replaceAll("\\s+", " "));
            }
        }
    }

    private static void signsIn(JWSAlgorithm algorithm) throws Exception {
        Map<String, Object> person = JSONObjectUtils.parse(driver("person"));
        Map<String, Object> made = JSONObjectUtils.parse(driver("application", REDIRECT.toString(), algorithm.getName()));
        ClientID client = new ClientID((String) made.get("client_id"));
        ClientSecretBasic secret = new ClientSecretBasic(client, new Secret((String) made.get("client_secret")));
        OIDCProviderMetadata server = OIDCProviderMetadata.resolve(new Issuer(ROSTER));
        String jar = System.getenv("SCRATCH") + "/nimbus-" + algorithm + ".jar";

        CodeVerifier verifier = new CodeVerifier();
        State state = new State();
        Nonce nonce = new Nonce();
        URI authorize = new AuthenticationRequest.Builder(
                        new ResponseType("code"), new Scope("openid", "profile", "email", "groups"), client, REDIRECT)
                .endpointURI(server.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        AuthenticationSuccessResponse answer = AuthenticationResponseParser.parse(
                        URI.create(visit(jar, authorize, REDIRECT, person)))
                .toSuccessResponse();
        check(state.equals(answer.getState()) && new Issuer(ROSTER).equals(answer.getIssuer()), "state or iss");

        IDTokenValidator validator = new IDTokenValidator(
                server.getIssuer(), client, algorithm, server.getJWKSetURI().toURL());
        OIDCTokens tokens = tokens(server, secret, new AuthorizationCodeGrant(answer.getAuthorizationCode(), REDIRECT, verifier));
        IDTokenClaimsSet claims = validator.validate(tokens.getIDToken(), nonce);
        AccessTokenValidator.validate(tokens.getAccessToken(), algorithm, claims.getAccessTokenHash());
        check(claims.getSubject().getValue().equals(person.get("id")), "sub");
        check(claims.getStringListClaim("groups").equals(List.of(person.get("group"))), "groups");

        UserInfoResponse info = UserInfoResponse.parse(
                new UserInfoRequest(server.getUserInfoEndpointURI(), tokens.getBearerAccessToken()).toHTTPRequest().send());
        check(info.toSuccessResponse().getUserInfo().getEmailAddress().equals(person.get("email")), "email");

        OIDCTokens later = tokens(server, secret, new RefreshTokenGrant(tokens.getRefreshToken()));
        check(validator.validate(later.getIDToken(), null).getSubject().equals(claims.getSubject()), "sub of refresh");
        TokenIntrospectionResponse said = TokenIntrospectionResponse.parse(new TokenIntrospectionRequest(
                        server.getIntrospectionEndpointURI(), secret, later.getRefreshToken())
                .toHTTPRequest()
                .send());
        check(said.toSuccessResponse().isActive(), "introspection of the refresh token");

        URI logout = new LogoutRequest(server.getEndSessionEndpointURI(), later.getIDToken(), BYE, new State("out")).toURI();
        check(visit(jar, logout, BYE, person).equals(BYE + "?state=out"), "sign-out");
        TokenResponse refused = TokenResponse.parse(
                new TokenRequest(server.getTokenEndpointURI(), secret, new RefreshTokenGrant(later.getRefreshToken()))
                        .toHTTPRequest()
                        .send());
        ErrorObject error = refused.toErrorResponse().getErrorObject();
        check("invalid_grant".equals(error.getCode()), "refresh after the sign-out");
    }

    private static OIDCTokens tokens(OIDCProviderMetadata server, ClientSecretBasic secret, AuthorizationGrant grant)
            throws Exception {
        TokenResponse answer = OIDCTokenResponseParser.parse(
                new TokenRequest(server.getTokenEndpointURI(), secret, grant).toHTTPRequest().send());
        check(answer.indicatesSuccess(), answer.indicatesSuccess() ? "" : answer.toErrorResponse().getErrorObject() + "");
        return ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens();
    }

    private static String visit(String jar, URI url, URI stop, Map<String, Object> person) throws Exception {
        return driver("visit", jar, url.toString(), stop.toString(), (String) person.get("name"), (String) person.get("password"));
    }

    private static String driver(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getenv("PYTHON"), System.getenv("DRIVER")));
        command.addAll(List.of(arguments));
        Process driver = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        check(driver.waitFor() == 0, "the driver: " + String.join(" ", arguments));
        return said;
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
