package dev.roster.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roster.security.Caller;
import dev.roster.security.CallerPrincipal;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer about a token (RFC 7662 section 2.2); of one that is not active, nothing else is said.
 *
 * @param scope names separated by spaces
 * @param exp seconds since 1970
 * @param iat seconds since 1970
 * @param groups the role
 */
@Schema(name = "Introspection")
public record Introspection(
        @JsonProperty("active") boolean active,
        @JsonInclude(Include.NON_NULL) @JsonProperty("scope") String scope,
        @JsonInclude(Include.NON_NULL) @JsonProperty("client_id") String clientId,
        @JsonInclude(Include.NON_NULL) @JsonProperty("username") String username,
        @JsonInclude(Include.NON_NULL) @JsonProperty("token_type") String tokenType,
        @JsonInclude(Include.NON_NULL) @JsonProperty("exp") Long exp,
        @JsonInclude(Include.NON_NULL) @JsonProperty("iat") Long iat,
        @JsonInclude(Include.NON_NULL) @JsonProperty("sub") String sub,
        @JsonInclude(Include.NON_NULL) @JsonProperty("aud") Collection<String> aud,
        @JsonInclude(Include.NON_NULL) @JsonProperty("iss") String iss,
        @JsonInclude(Include.NON_NULL) @JsonProperty("jti") String jti,
        @JsonInclude(Include.NON_NULL) @JsonProperty("sid") UUID sid,
        @JsonInclude(Include.NON_NULL) @JsonProperty("org") UUID org,
        @JsonInclude(Include.NON_NULL) @JsonProperty("org_name") String orgName,
        @JsonInclude(Include.NON_NULL) @JsonProperty("groups") List<String> groups) {

    static final Introspection INACTIVE =
            new Introspection(
                    false, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null);

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
