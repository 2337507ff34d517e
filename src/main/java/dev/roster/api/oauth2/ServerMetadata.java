package dev.roster.api.oauth2;

import dev.roster.access.openid.PersonClaims;
import dev.roster.access.signing.KeyRotation;
import dev.roster.caller.Issuer;
import dev.roster.caller.Scope;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What clients can learn about this server, be it as one of OAuth2 (RFC 8414 section 2) or of OpenID Connect (Discovery
 * section 3). With each code comes the issuer (RFC 9207), and none is given without a challenge (RFC 7636).
 */
@Singleton
class ServerMetadata {
    private static final List<String> AUTH_METHODS = List.of("client_secret_basic", "client_secret_post");

    // Public applications name themselves only
    private static final List<String> TOKEN_METHODS = List.of("client_secret_basic", "client_secret_post", "none");

    private final Issuer issuer;
    private final KeyRotation keys;

    ServerMetadata(Issuer issuer, KeyRotation keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    /** The document. */
    Map<String, Object> present() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer.url());
        document.put("authorization_endpoint", issuer.url() + "/oauth2/authorize");
        document.put("token_endpoint", issuer.url() + "/oauth2/token");
        document.put("userinfo_endpoint", issuer.url() + "/oauth2/userinfo");
        document.put("end_session_endpoint", issuer.url() + "/oauth2/logout");
        document.put("introspection_endpoint", issuer.url() + "/oauth2/introspect");
        document.put("revocation_endpoint", issuer.url() + "/oauth2/revoke");
        document.put("jwks_uri", issuer.url() + "/oauth2/jwks");
        document.put("scopes_supported", scopes());
        document.put("claims_supported", PersonClaims.NAMES);
        document.put("claim_types_supported", List.of("normal"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", keys.possible());
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query"));
        document.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("claims_parameter_supported", false);
        document.put("request_parameter_supported", false);
        // By itself it would be true (Discovery section 3)
        document.put("request_uri_parameter_supported", false);
        document.put("grant_types_supported", List.of("authorization_code", "client_credentials", "refresh_token"));
        document.put("token_endpoint_auth_methods_supported", TOKEN_METHODS);
        document.put("introspection_endpoint_auth_methods_supported", AUTH_METHODS);
        document.put("revocation_endpoint_auth_methods_supported", TOKEN_METHODS);
        return document;
    }

    private static Set<String> scopes() {
        Set<String> scopes = new TreeSet<>(Scope.ALL);
        scopes.addAll(Scope.IDENTITY);
        scopes.add(Scope.OFFLINE_ACCESS);
        return scopes;
    }
}
