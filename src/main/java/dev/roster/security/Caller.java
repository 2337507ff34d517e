package dev.roster.security;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who makes a request, as its verified token says.
 *
 * @param organizationId the organization whose rows the caller sees
 * @param organization that organization's name
 * @param userId the account
 * @param role the account's role when the token was issued
 * @param scopes what the token may be used for
 * @param clientId the OAuth2 client that got the token
 * @param sessionId the session that the token belongs to
 */
public record Caller(
        UUID organizationId,
        String organization,
        UUID userId,
        Role role,
        Set<String> scopes,
        String clientId,
        UUID sessionId) {

    /** The caller behind an authenticated identity. */
    public static Caller of(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof CallerPrincipal principal) {
            return principal.caller();
        }
        throw RosterException.of(ErrorCode.INVALID_TOKEN);
    }

    /**
     * The same caller with another role.
     *
     * @param granted what the token may be used for as far as the role allows
     */
    Caller with(Role other, Set<String> granted) {
        Set<String> allowed =
                granted.stream()
                        .filter(other.scopes()::contains)
                        .collect(Collectors.toUnmodifiableSet());
        return new Caller(
                organizationId, organization, userId, other, allowed, clientId, sessionId);
    }

    /** Whether the given account is the caller's own. */
    public boolean is(UUID otherUserId) {
        return userId.equals(otherUserId);
    }

    /** Refuses a token that lacks a scope, saying whether the role or the token is too narrow. */
    public void require(String scope) {
        if (scopes.contains(scope)) {
            return;
        }
        boolean roleWouldDo = role.scopes().contains(scope);
        throw RosterException.of(
                roleWouldDo ? ErrorCode.INSUFFICIENT_SCOPE : ErrorCode.FORBIDDEN,
                "This needs the scope " + scope + ".");
    }

    /**
     * Refuses to hand out a role above the caller's own, and that of an administrator to a token
     * that was narrowed: it would get back what it was made to do without.
     */
    public void requireGrant(Role granted) {
        if (!role.includes(granted)) {
            throw RosterException.of(ErrorCode.FORBIDDEN, "Nobody grants a role above its own.");
        }
        if (granted == Role.ADMIN && !scopes.containsAll(granted.scopes())) {
            throw RosterException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "Only a token with all scopes of an administrator grants that role.");
        }
    }

    /**
     * Refuses everyone who may not change this account: an administrator may, and a member its own.
     */
    public void requireChangeOf(UUID otherUserId) {
        boolean ownAccount =
                is(otherUserId) && role.includes(Role.MEMBER) && scopes.contains(Scope.SELF_WRITE);
        if (!ownAccount) {
            require(Scope.USERS_WRITE);
        }
    }
}
