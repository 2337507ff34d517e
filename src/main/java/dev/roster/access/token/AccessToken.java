package dev.roster.access.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;

/**
 * A granted token (RFC 6749 section 5.1).
 *
 * @param expiresIn seconds
 * @param scope names separated by spaces
 */
@RegisterForReflection
public record AccessToken(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("scope") String scope) {

    static AccessToken of(String token, Instant issuedAt, Instant expiresAt, String scope) {
        return new AccessToken(
                token, "Bearer", Duration.between(issuedAt, expiresAt).toSeconds(), scope);
    }

    @Override
    public String toString() {
        return "AccessToken[" + scope + "]"; // a token must not end in a log
    }
}
