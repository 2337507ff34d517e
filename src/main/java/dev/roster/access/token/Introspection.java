package dev.roster.access.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roster.caller.Caller;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The answer about a token (RFC 7662 section 2.2); of one that is not active, nothing else is said.
 *
 * @param scope names separated by spaces
 * @param exp seconds since 1970
 * @param iat seconds since 1970
 * @param groups the role
 */
@JsonInclude(Include.NON_NULL)
public record Introspection(
        @JsonProperty("active") boolean active,
        @JsonProperty("scope") String scope,
        @JsonProperty("client_id") String clientId,
        @JsonProperty("username") String username,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("exp") Long exp,
        @JsonProperty("iat") Long iat,
        @JsonProperty("sub") String sub,
        @JsonProperty("aud") Collection<String> aud,
        @JsonProperty("iss") String iss,
        @JsonProperty("jti") String jti,
        @JsonProperty("sid") UUID sid,
        @JsonProperty("org") UUID org,
        @JsonProperty("org_name") String orgName,
        @JsonProperty("groups") List<String> groups) {

    /** Of whatever is not good, or is another's. */
    public static final Introspection INACTIVE = new Introspection(
            false, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** Of a refresh token, which has no type of its own in RFC 6749. */
    public static Introspection ofRefreshToken(
            String scope, String clientId, String username, long exp, long iat, UUID account, String issuer, UUID sid) {
        return new Introspection(
                true,
                scope,
                clientId,
                username,
                null,
                exp,
                iat,
                account.toString(),
                null,
                issuer,
                null,
                sid,
                null,
                null,
                null);
    }

    static Introspection of(CallerPrincipal token, String username) {
        Caller caller = token.caller();
        return new Introspection(
                true,
                String.join(" ", new TreeSet<>(caller.scopes())),
                caller.clientId(),
                username,
                "Bearer",
                token.getExpirationTime(),
                token.getIssuedAtTime(),
                caller.userId().toString(),
                token.getAudience(),
                token.getIssuer(),
                token.getTokenID(),
                caller.sessionId(),
                caller.organizationId(),
                caller.organization(),
                List.of(caller.role().value()));
    }
}
