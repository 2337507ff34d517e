package dev.roster.access.token;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.caller.Scope;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which scopes a token gets (RFC 6749 section 3.3): those asked for, or all of the role; after a
 * sign-in with an expired password the one to change it.
 */
final class GrantedScopes {
    private GrantedScopes() {}

    /**
     * Refuses what may not be asked for.
     *
     * @throws OAuthError if a scope is unknown or above the role
     */
    static void require(TokenTerms terms, AuthenticatedClient client) {
        Code.INVALID_SCOPE.unless(
                requested(terms).allMatch(name -> isAllowed(name, client)),
                "A scope is unknown or not allowed to this client");
    }

    /**
     * The scopes in alphabetical order.
     *
     * @param terms ask by names separated by spaces; without any for all of the role, never for
     *     {@code system}
     * @throws OAuthError if one is unknown or above the role
     */
    static Collection<String> of(TokenTerms terms, AuthenticatedClient client) {
        require(terms, client);
        if (terms.proof().passwordExpired()) {
            return List.of(Scope.PASSWORD_CHANGE);
        }
        return terms.scope().isEmpty()
                ? new TreeSet<>(client.role().scopes())
                : requested(terms).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> requested(TokenTerms terms) {
        return terms.scope().stream().flatMap(names -> Stream.of(names.split(" ", -1)));
    }

    private static boolean isAllowed(String scope, AuthenticatedClient client) {
        return client.role().allows(scope) && (client.system() || !scope.equals(Scope.SYSTEM));
    }
}
