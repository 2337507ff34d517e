package dev.roster.user;

import dev.roster.caller.Caller;
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

    /** An account by its username, in any case. */
    static UserReference username(UserKind kind, String username) {
        return new ByUsername(kind, username);
    }

    /** What kind of account this names, and says to be missing where there is none. */
    UserKind kind();

    /** Reads the account. */
    Uni<Optional<UserView>> read(UserReads reads, UUID organizationId);

    /** The account, locked until the transaction ends; null where there is none. */
    Uni<User> lock(UUID organizationId);

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
    }
}
