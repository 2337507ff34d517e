package dev.roster.caller;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
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
 * @param authenticatedAt when the account last proved who it is to get the token; null where that
 *     is not known, as of an API key
 */
public record Caller(
        UUID organizationId,
        String organization,
        UUID userId,
        Role role,
        Set<String> scopes,
        String clientId,
        UUID sessionId,
        Instant authenticatedAt) {

    /** The principal of an authenticated identity, whatever proved who it is. */
    public interface Known {
        Caller caller();
    }

    /** The caller behind an authenticated identity. */
    public static Caller of(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof Known known) {
            return known.caller();
        }
        throw RosterException.of(ErrorCode.INVALID_TOKEN);
    }

    /**
     * The same caller with another role.
     *
     * @param granted what the token may be used for as far as the role allows
     */
    public Caller with(Role other, Set<String> granted) {
        Set<String> allowed = granted.stream().filter(other.scopes()::contains).collect(Collectors.toUnmodifiableSet());
        return new Caller(organizationId, organization, userId, other, allowed, clientId, sessionId, authenticatedAt);
    }

    /** Whether the given account is the caller's own. */
    public boolean is(UUID otherUserId) {
        return userId.equals(otherUserId);
    }

    /** Whether the token is good for changing the account's expired password and nothing else. */
    public boolean mustChangePassword() {
        return scopes.contains(Scope.PASSWORD_CHANGE);
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
     * Refuses with {@code sign_in_again} a token whose account proved who it is before a time, or
     * of which that is not known. What changes how an account signs in asks for it, beside all
     * scopes of the account's role: a stolen token or a key must not become a lasting sign-in.
     */
    public void requireSignInSince(Instant earliest) {
        ErrorCode.SIGN_IN_AGAIN.unless(hasSignedInSince(earliest));
    }

    /** Whether the account has proved since then who it is. */
    public boolean hasSignedInSince(Instant earliest) {
        return authenticatedAt != null && !authenticatedAt.isBefore(earliest);
    }

    /**
     * The rule of dominance: nobody acts on an account that can do more than the acting token, and
     * nothing made, granted, invited or renamed can do more than the token that did it. An account
     * can do what its role can, whether it is active, pending or deactivated; what only reads is no
     * act.
     *
     * @param other the role of the account acted on or made, or the role that it gets
     */
    public void requireDominance(Role other) {
        if (!role.includes(other)) {
            throw RosterException.of(
                    ErrorCode.FORBIDDEN, "Nobody acts on an account above its own role, nor grants such a role.");
        }
        if (!scopes.containsAll(other.scopes())) {
            throw RosterException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "Only a token with all scopes of the role "
                            + other.value()
                            + " acts on accounts of that role or grants it.");
        }
    }

    /**
     * Whether what belongs to an account is the caller's to look after: its own with the scope for that, else with another.
     *
     * @param account null where there is none, which only the other scope reaches
     */
    public boolean mayReach(UUID account, String otherwise) {
        return scopes.contains(otherwise) || (is(account) && scopes.contains(Scope.SELF_WRITE));
    }

    /** Refuses what {@link #mayReach} denies, naming the other scope. */
    public void requireReach(UUID account, String otherwise) {
        if (!mayReach(account, otherwise)) {
            require(otherwise);
        }
    }

    /** Whether the own account's names and address are the caller's to change; sessions and password are everybody's. */
    public boolean mayChangeItself() {
        return role.includes(Role.MEMBER) && scopes.contains(Scope.SELF_WRITE);
    }

    /** Whether another address of the own account waits until the person has opened a link sent there. */
    public boolean mustProveAddress() {
        return !scopes.contains(Scope.USERS_WRITE);
    }

    /**
     * Refuses to change what is not the caller's own where its account can do more; the own account
     * with the scope for that, from a member on, is nobody else's business.
     */
    public void requireChangeOf(UUID otherUserId, Role other) {
        if (!is(otherUserId) || !mayChangeItself()) {
            require(Scope.USERS_WRITE);
            requireDominance(other);
        }
    }
}
