package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import dev.roster.security.Caller;
import dev.roster.security.Role;
import dev.roster.security.Scope;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The use cases of accounts: find, create, change, remove. */
@ApplicationScoped
public class Users {
    private final UserReads reads;
    private final List<UserRemoval> removals;
    private final AccessChanges access;
    private final Revocations revocations;
    private final Clock clock;

    Users(
            UserReads reads,
            @All List<UserRemoval> removals,
            AccessChanges access,
            Revocations revocations,
            Clock clock) {
        this.reads = reads;
        this.removals = removals;
        this.access = access;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * The account of this username; {@code user_not_found} or {@code service_account_not_found}.
     */
    public Uni<UserView> find(Caller caller, UserKind kind, String username) {
        return reads.byUsername(caller.organizationId(), kind, username)
                .map(found -> found.orElseThrow(() -> notFound(kind)));
    }

    /** The caller's own account; {@code invalid_token} once it is gone. */
    public Uni<UserView> me(Caller caller) {
        return reads.byId(caller.organizationId(), caller.userId())
                .map(found -> found.orElseThrow(() -> RosterException.of(ErrorCode.INVALID_TOKEN)));
    }

    /**
     * Creates an account; {@code name_taken} or {@code email_taken} where another has the same in
     * any case.
     */
    public Uni<UserView> create(Caller caller, CreateUser creation) {
        return Panache.withTransaction(() -> add(caller, creation)).chain(this::view);
    }

    /** Adds an account inside the caller's transaction. */
    public Uni<User> add(Caller caller, CreateUser creation) {
        caller.require(Scope.USERS_WRITE);
        return add(caller.organizationId(), creation);
    }

    /**
     * Adds an account to an organization that may just have been made, inside the caller's
     * transaction.
     */
    public Uni<User> add(UUID organizationId, CreateUser creation) {
        Instant now = clock.instant();
        User user = new User();
        user.organizationId = organizationId;
        user.id = Uuids.v7(now);
        user.kind = creation.kind();
        user.rename(creation.username());
        user.changeEmail(creation.email());
        user.displayName =
                creation.displayName() == null ? creation.username() : creation.displayName();
        user.description = creation.description();
        user.role = creation.role();
        user.status = creation.status();
        user.metadata = new MetadataPatch(true, creation.metadata()).apply(Map.of());
        user.createdAt = now;
        user.touch(now);
        return user.persist();
    }

    /** Changes an account: an administrator anyone's, a member its own but for role and status. */
    public Uni<UserView> patch(
            Caller caller,
            UserKind kind,
            String username,
            PatchUser patch,
            Precondition precondition) {
        return Panache.withTransaction(
                        () ->
                                lock(caller, kind, username)
                                        .invoke(user -> authorize(caller, user, patch))
                                        .invoke(user -> precondition.check(user.version))
                                        .call(user -> keepAnAdmin(user, patch))
                                        .call(user -> change(caller, user, patch)))
                .call(revocations::settle)
                .chain(this::view);
    }

    /**
     * Removes an account and all that hangs on it; {@code last_admin}, {@code internal_account}.
     */
    public Uni<Void> remove(
            Caller caller, UserKind kind, String username, Precondition precondition) {
        caller.require(kind == UserKind.PERSON ? Scope.USERS_WRITE : Scope.CLIENTS_WRITE);
        return Panache.withTransaction(
                        () ->
                                lock(caller, kind, username)
                                        .invoke(user -> precondition.check(user.version))
                                        .invoke(Users::refuseInternal)
                                        .call(
                                                user ->
                                                        user.isActiveAdmin()
                                                                ? LastAdmin.check(user)
                                                                : done())
                                        .call(this::beforeRemoval)
                                        .chain(User::delete))
                .call(revocations::settle);
    }

    /** The account, locked until the transaction ends; {@code user_not_found} or its like. */
    public Uni<User> lock(Caller caller, UserKind kind, String username) {
        return User.lockByUsername(caller.organizationId(), kind, username)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(kind));
    }

    /** The account as it reads after its transaction. */
    public Uni<UserView> view(User user) {
        return reads.byId(user.organizationId, user.id)
                .map(found -> found.orElseThrow(() -> notFound(user.kind)));
    }

    private static void authorize(Caller caller, User user, PatchUser patch) {
        if (user.kind == UserKind.SERVICE) {
            caller.require(Scope.CLIENTS_WRITE);
        } else if (patch.changesAccess()) {
            caller.require(Scope.USERS_WRITE);
        } else {
            caller.requireChangeOf(user.id);
        }
        if (patch.role() != null && !caller.role().includes(patch.role())) {
            throw RosterException.of(ErrorCode.FORBIDDEN, "Nobody grants a role above its own.");
        }
    }

    private static Uni<Void> keepAnAdmin(User user, PatchUser patch) {
        boolean demoted = patch.role() != null && patch.role() != Role.ADMIN;
        boolean deactivated = patch.status() != null && patch.status() != UserStatus.ACTIVE;
        return user.isActiveAdmin() && (demoted || deactivated) ? LastAdmin.check(user) : done();
    }

    private Uni<Void> change(Caller caller, User user, PatchUser patch) {
        return access.apply(caller, user, () -> apply(user, patch));
    }

    private void apply(User user, PatchUser patch) {
        if (patch.displayName() != null) {
            user.displayName = patch.displayName();
        }
        if (patch.fullName() != null) {
            user.fullName = patch.fullName().isEmpty() ? null : patch.fullName();
        }
        if (patch.email() != null) {
            user.changeEmail(patch.email());
        }
        if (patch.description() != null) {
            user.description = patch.description();
        }
        if (patch.role() != null) {
            user.role = patch.role();
        }
        if (patch.status() != null) {
            user.status = patch.status();
        }
        if (patch.metadata() != null) {
            user.metadata = patch.metadata().apply(user.metadata);
        }
        user.touch(clock.instant());
    }

    private Uni<Void> beforeRemoval(User user) {
        Uni<Void> steps = done();
        for (UserRemoval removal : removals) {
            steps = steps.chain(() -> removal.beforeRemoval(user));
        }
        return steps;
    }

    private static void refuseInternal(User user) {
        if (user.internal) {
            throw RosterException.of(ErrorCode.INTERNAL_ACCOUNT);
        }
    }

    private static RosterException notFound(UserKind kind) {
        return RosterException.of(
                kind == UserKind.PERSON
                        ? ErrorCode.USER_NOT_FOUND
                        : ErrorCode.SERVICE_ACCOUNT_NOT_FOUND);
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }
}
