package dev.roster.caller;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.roster.platform.validation.Word;
import jakarta.persistence.EnumeratedValue;
import java.util.Optional;
import java.util.Set;

/** What an account may do in its organization; each role names the scopes its tokens may carry. */
public enum Role implements Word {
    VIEWER("viewer", Set.of(Scope.USERS_READ, Scope.GROUPS_READ, Scope.SELF_WRITE)),
    MEMBER("member", Set.of(Scope.USERS_READ, Scope.GROUPS_READ, Scope.SELF_WRITE)),
    ADMIN(
            "admin",
            Set.of(
                    Scope.USERS_READ,
                    Scope.USERS_WRITE,
                    Scope.GROUPS_READ,
                    Scope.GROUPS_WRITE,
                    Scope.INVITES_WRITE,
                    Scope.SESSIONS_WRITE,
                    Scope.CLIENTS_WRITE,
                    Scope.AUDIT_READ,
                    Scope.SELF_WRITE));

    @EnumeratedValue
    private final String value;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<String> scopes;

    Role(String value, Set<String> scopes) {
        this.value = value;
        this.scopes = scopes;
    }

    /** The role as it stands in tokens, answers and rows. */
    @Override
    @JsonValue
    public String value() {
        return value;
    }

    /** The scopes that a token of this role may carry. */
    public Set<String> scopes() {
        return scopes;
    }

    /** Whether a token of this role may carry the scope, be it by a grant of its own. */
    public boolean allows(String scope) {
        return scopes.contains(scope) || (this == ADMIN && scope.equals(Scope.SYSTEM));
    }

    /** Whether this role stands at or above the other; nobody grants above itself. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** Whether an application may get a scope of an account of this role. */
    public boolean mayPassOn(String scope) {
        return scopes.contains(scope) || Scope.IDENTITY.contains(scope);
    }

    /**
     * This role, or the one that another issuer says where that includes less.
     *
     * @param other null where no other issuer says anything
     */
    public Role atMost(Role other) {
        return other == null || other.includes(this) ? this : other;
    }

    /** The role of this name. */
    public static Optional<Role> of(String value) {
        return Word.of(Role.class, value);
    }
}
