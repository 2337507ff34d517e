package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** Names one account in the way that a contract does. */
public sealed interface UserReference {
    /** A person by its id. */
    static UserReference person(UUID id) {
        return new ById(id, false);
    }

    /** An account of either kind by its id. */
    static UserReference id(UUID id) {
        return new ById(id, true);
    }

    /** The account of the caller, of either kind. */
    static UserReference own(Caller caller) {
        return id(caller.userId());
    }

    /** A person by its e-mail address, in any case. */
    static UserReference email(String email) {
        return new ByEmail(email);
    }

    /** A person by its username, in any case. */
    static UserReference person(String username) {
        return new ByUsername(UserKind.PERSON, username);
    }

    /** A service account by its name, in any case. */
    static UserReference service(String name) {
        return new ByUsername(UserKind.SERVICE, name);
    }

    /**
     * An account to be changed. Who may change no person but itself reaches nothing else by it, and is refused whether or not
     * there is what it names: nobody learns names that way, nor keeps the accounts of others busy.
     */
    static UserReference toChange(Caller caller, UserReference account) {
        return account.kind() == UserKind.SERVICE || caller.scopes().contains(Scope.USERS_WRITE)
                ? account
                : new OwnAlone(caller, account);
    }

    /** What kind of account this names, and says to be missing where there is none. */
    UserKind kind();

    /** Reads the account. */
    Uni<Optional<UserView>> read(UserReads reads, UUID organizationId);

    /** The account, locked until the transaction ends; null where there is none. */
    Uni<User> lock(UUID organizationId);

    /** Whether it names this account. */
    boolean names(UserKind kind, UUID id, String username, String email);

    /** The account of the caller, where that is what is named; else {@code forbidden} or its like. */
    record OwnAlone(Caller caller, UserReference named) implements UserReference {
        @Override
        public UserKind kind() {
            return named.kind();
        }

        @Override
        public Uni<Optional<UserView>> read(UserReads reads, UUID organizationId) {
            return reads.byId(organizationId, caller.userId())
                    .invoke(own ->
                            require(own.filter(user -> names(user.kind(), user.id(), user.username(), user.email()))
                                    .isPresent()));
        }

        @Override
        public Uni<User> lock(UUID organizationId) {
            return User.lockById(organizationId, caller.userId())
                    .invoke(own -> require(own != null && names(own.kind, own.id, own.username, own.email)));
        }

        @Override
        public boolean names(UserKind kind, UUID id, String username, String email) {
            return named.names(kind, id, username, email);
        }

        private void require(boolean itself) {
            if (!itself) {
                caller.require(Scope.USERS_WRITE);
            }
        }
    }

    /** By username. */
    record ByUsername(UserKind kind, String username) implements UserReference {
        @Override
        public Uni<Optional<UserView>> read(UserReads reads, UUID organizationId) {
            return reads.byUsername(organizationId, kind, username);
        }

        @Override
        public Uni<User> lock(UUID organizationId) {
            return User.lockByUsername(organizationId, kind, username);
        }

        @Override
        public boolean names(UserKind kind, UUID id, String username, String email) {
            return this.kind == kind && CanonicalText.fold(this.username).equals(CanonicalText.fold(username));
        }
    }

    /** By id: that of a person, or of either kind. */
    record ById(UUID id, boolean either) implements UserReference {
        @Override
        public UserKind kind() {
            return UserKind.PERSON;
        }

        @Override
        public Uni<Optional<UserView>> read(UserReads reads, UUID organizationId) {
            return reads.byId(organizationId, id).map(found -> found.filter(user -> either || user.kind() == kind()));
        }

        @Override
        public Uni<User> lock(UUID organizationId) {
            return User.lockById(organizationId, id)
                    .map(user -> user == null || either || user.kind == kind() ? user : null);
        }

        @Override
        public boolean names(UserKind kind, UUID id, String username, String email) {
            return this.id.equals(id) && (either || kind == kind());
        }
    }

    /** By e-mail address, which only persons have. */
    record ByEmail(String email) implements UserReference {
        @Override
        public UserKind kind() {
            return UserKind.PERSON;
        }

        @Override
        public Uni<Optional<UserView>> read(UserReads reads, UUID organizationId) {
            return reads.byEmail(organizationId, email);
        }

        @Override
        public Uni<User> lock(UUID organizationId) {
            return User.lockByEmail(organizationId, email);
        }

        @Override
        public boolean names(UserKind kind, UUID id, String username, String email) {
            return email != null && EmailMatch.of(this.email).finds(email);
        }
    }
}
