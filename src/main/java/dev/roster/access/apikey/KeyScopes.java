package dev.roster.access.apikey;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Which scopes a key gets: never more than its owner's role or the token that makes it has. */
final class KeyScopes {
    private KeyScopes() {}

    /**
     * The scopes in alphabetical order.
     *
     * @param requested null asks for all that are possible
     */
    static Collection<String> of(List<String> requested, Role owner, Caller caller) {
        if (requested == null) {
            return all(owner, caller);
        }
        if (requested.isEmpty() || !Scope.ALL.containsAll(requested)) {
            throw RosterException.invalid(
                    "scopes", "must name one or more of " + String.join(", ", new TreeSet<>(Scope.ALL)));
        }
        requested.forEach(scope -> require(scope, owner, caller));
        return new TreeSet<>(requested);
    }

    private static Collection<String> all(Role owner, Caller caller) {
        TreeSet<String> all = new TreeSet<>(owner.scopes());
        all.retainAll(caller.scopes());
        if (all.isEmpty()) {
            throw RosterException.of(
                    ErrorCode.INSUFFICIENT_SCOPE, "The token has none of the scopes that the key could get.");
        }
        return all;
    }

    private static void require(String scope, Role owner, Caller caller) {
        if (!owner.scopes().contains(scope)) {
            throw RosterException.of(
                    ErrorCode.FORBIDDEN, "The role of the owner does not have the scope " + scope + ".");
        }
        if (!caller.scopes().contains(scope)) {
            throw RosterException.of(ErrorCode.INSUFFICIENT_SCOPE, "The token does not have the scope " + scope + ".");
        }
    }
}
