package dev.roster.api.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roster.caller.Issuer;
import dev.roster.caller.Scope;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What clients can learn about this authorization server (RFC 8414 section 2). There is no
 * authorization endpoint, so {@code response_types_supported} would be empty, and what is empty is
 * left out (section 3.2).
 */
public record ServerMetadata(
        @JsonProperty("issuer") String issuer,
        @JsonProperty("token_endpoint") String tokenEndpoint,
        @JsonProperty("introspection_endpoint") String introspectionEndpoint,
        @JsonProperty("revocation_endpoint") String revocationEndpoint,
        @JsonProperty("jwks_uri") String jwksUri,
        @JsonProperty("scopes_supported") Collection<String> scopesSupported,
        @JsonProperty("grant_types_supported") List<String> grantTypesSupported,

        @JsonProperty("token_endpoint_auth_methods_supported")
        List<String> authMethodsSupported,

        @JsonProperty("introspection_endpoint_auth_methods_supported")
        List<String> introspectionAuthMethodsSupported,

        @JsonProperty("revocation_endpoint_auth_methods_supported")
        List<String> revocationAuthMethodsSupported) {
    private static final List<String> AUTH_METHODS = List.of("client_secret_basic", "client_secret_post");

    static ServerMetadata of(Issuer issuer) {
        return new ServerMetadata(
                issuer.url(),
                issuer.url() + "/oauth2/token",
                issuer.url() + "/oauth2/introspect",
                issuer.url() + "/oauth2/revoke",
                issuer.url() + "/oauth2/jwks",
                new TreeSet<>(Scope.ALL),
                List.of("client_credentials"),
                AUTH_METHODS,
                AUTH_METHODS,
                AUTH_METHODS);
    }
}
