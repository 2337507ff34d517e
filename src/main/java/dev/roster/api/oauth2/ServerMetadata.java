package dev.roster.api.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roster.caller.Issuer;
import dev.roster.caller.Scope;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What clients can learn about this authorization server (RFC 8414 section 2). With each code
 * comes the issuer (RFC 9207), and none is given without a challenge (RFC 7636).
 */
public record ServerMetadata(
        @JsonProperty("issuer") String issuer,
        @JsonProperty("authorization_endpoint") String authorizationEndpoint,
        @JsonProperty("token_endpoint") String tokenEndpoint,
        @JsonProperty("introspection_endpoint") String introspectionEndpoint,
        @JsonProperty("revocation_endpoint") String revocationEndpoint,
        @JsonProperty("jwks_uri") String jwksUri,
        @JsonProperty("scopes_supported") Collection<String> scopesSupported,
        @JsonProperty("response_types_supported") List<String> responseTypesSupported,
        @JsonProperty("response_modes_supported") List<String> responseModesSupported,
        @JsonProperty("code_challenge_methods_supported") List<String> challengeMethodsSupported,

        @JsonProperty("authorization_response_iss_parameter_supported")
        boolean issuerInAnswer,

        @JsonProperty("grant_types_supported") List<String> grantTypesSupported,

        @JsonProperty("token_endpoint_auth_methods_supported")
        List<String> authMethodsSupported,

        @JsonProperty("introspection_endpoint_auth_methods_supported")
        List<String> introspectionAuthMethodsSupported,

        @JsonProperty("revocation_endpoint_auth_methods_supported")
        List<String> revocationAuthMethodsSupported) {
    private static final List<String> AUTH_METHODS = List.of("client_secret_basic", "client_secret_post");

    // Public applications name themselves only
    private static final List<String> TOKEN_METHODS = List.of("client_secret_basic", "client_secret_post", "none");

    static ServerMetadata of(Issuer issuer) {
        return new ServerMetadata(
                issuer.url(),
                issuer.url() + "/oauth2/authorize",
                issuer.url() + "/oauth2/token",
                issuer.url() + "/oauth2/introspect",
                issuer.url() + "/oauth2/revoke",
                issuer.url() + "/oauth2/jwks",
                new TreeSet<>(Scope.ALL),
                List.of("code"),
                List.of("query"),
                List.of("S256"),
                true,
                List.of("authorization_code", "client_credentials", "refresh_token"),
                TOKEN_METHODS,
                AUTH_METHODS,
                TOKEN_METHODS);
    }
}
