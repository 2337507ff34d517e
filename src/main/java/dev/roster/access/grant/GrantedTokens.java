package dev.roster.access.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What an application gets (RFC 6749 section 5.1).
 *
 * @param expiresIn seconds
 * @param idToken null where {@code openid} is not among the scopes (OpenID Connect Core section 3.1.3.3)
 * @param scope names separated by spaces
 */
@RegisterForReflection
public record GrantedTokens(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("refresh_token") String refreshToken,

        @JsonProperty("id_token") @JsonInclude(JsonInclude.Include.NON_NULL)
        String idToken,

        @JsonProperty("scope") String scope) {

    @Override
    public String toString() {
        return "GrantedTokens[" + scope + "]"; // a token must not end in a log
    }
}
