package dev.roster.access.federation;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * What an issuer says about itself (OpenID Connect Discovery section 3, RFC 8414 section 2).
 *
 * @param authorizeAt the authorization endpoint
 * @param tokensAt the token endpoint
 * @param takesSecretInForm whether its token endpoint wants the client's secret there (RFC 6749 section 2.3.1)
 * @param saysWhoAnswers whether its authorization responses have {@code iss} (RFC 9207)
 * @param offersChoice whether it lets persons choose an account when asked; not where the prompts that it names are others
 *     (OpenID Connect Prompt Create section 4.2)
 */
record ProviderMetadata(
        URI authorizeAt,
        URI tokensAt,
        URI keysAt,
        boolean takesSecretInForm,
        boolean saysWhoAnswers,
        boolean offersChoice) {
    private static final String PATH = "/.well-known/openid-configuration";

    /** Where it stands. */
    static URI of(TrustedIssuer issuer) {
        String url = issuer.url();
        return URI.create((url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + PATH);
    }

    /**
     * The metadata of this issuer.
     *
     * @throws IssuerFailure if it is not that, or names an endpoint that must not be called
     */
    static ProviderMetadata parse(TrustedIssuer issuer, String json) {
        Map<String, Object> members = members(json);
        // RFC 8414 section 3.3: otherwise one issuer could speak for another
        if (!issuer.url().equals(members.get("issuer"))) {
            throw new IssuerFailure("it is that of another issuer");
        }
        List<?> methods = members.get("token_endpoint_auth_methods_supported") instanceof List<?> named
                ? named
                : List.of("client_secret_basic");
        return new ProviderMetadata(
                endpoint(issuer, members, "authorization_endpoint"),
                endpoint(issuer, members, "token_endpoint"),
                endpoint(issuer, members, "jwks_uri"),
                !methods.contains("client_secret_basic") && methods.contains("client_secret_post"),
                Boolean.TRUE.equals(members.get("authorization_response_iss_parameter_supported")),
                !(members.get("prompt_values_supported") instanceof List<?> prompts)
                        || prompts.contains("select_account"));
    }

    private static Map<String, Object> members(String json) {
        try {
            return JsonUtil.parseJson(json);
        } catch (JoseException malformed) {
            throw new IssuerFailure("it is not a JSON object");
        }
    }

    private static URI endpoint(TrustedIssuer issuer, Map<String, Object> members, String name) {
        if (members.get(name) instanceof String url && issuer.mayName(url)) {
            return URI.create(url);
        }
        throw new IssuerFailure(name + " is not an https URL, or is on this machine");
    }
}
