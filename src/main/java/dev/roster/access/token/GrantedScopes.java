package dev.roster.access.token;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.caller.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which scopes a token gets (RFC 6749 section 3.3): those asked for, or all of the role; after a
 * sign-in with an expired password the one to change it.
 */
final class GrantedScopes {
    private GrantedScopes() {}

    /**
     * The scopes in alphabetical order.
     *
     * @param terms ask by names separated by spaces; without any for all of the role, never for
     *     {@code system}
     * @throws OAuthError if one is unknown or above the role
     */
    static Collection<String> of(TokenTerms terms, AuthenticatedClient client) {
        Collection<String> granted = granted(terms.scope(), client);
        return terms.passwordExpired() ? List.of(Scope.PASSWORD_CHANGE) : granted;
    }

    private static Collection<String> granted(Optional<String> requested, AuthenticatedClient client) {
        if (requested.isEmpty()) {
            return new TreeSet<>(client.role().scopes());
        }
        List<String> names = List.of(requested.get().split(" ", -1));
        if (!names.stream().allMatch(name -> isAllowed(name, client))) {
            throw new OAuthError(Code.INVALID_SCOPE, "A scope is unknown or not allowed to this client");
        }
        return new TreeSet<>(names);
    }

    private static boolean isAllowed(String scope, AuthenticatedClient client) {
        return client.role().allows(scope) && (client.system() || !scope.equals(Scope.SYSTEM));
    }
}
