package dev.roster.user;

import dev.roster.audit.AuditLog;
import dev.roster.audit.ProvenActor;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The use cases of accounts: find, create, change, remove. */
@ApplicationScoped
public class Users {
    private final UserReads reads;
    private final UserInsert insert;
    private final UserCounts counts;
    private final OwnCredentials credentials;
    private final UserDeletions deletions;
    private final UserEdits edits;
    private final Revocations revocations;
    private final AuditLog audit;
    private final Clock clock;

    Users(
            UserReads reads,
            UserInsert insert,
            UserCounts counts,
            OwnCredentials credentials,
            UserDeletions deletions,
            UserEdits edits,
            Revocations revocations,
            AuditLog audit,
            Clock clock) {
        this.reads = reads;
        this.insert = insert;
        this.counts = counts;
        this.credentials = credentials;
        this.deletions = deletions;
        this.edits = edits;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** The account; {@code user_not_found} or {@code service_account_not_found}. */
    public Uni<UserView> find(Caller caller, UserReference account) {
        return account.read(reads, caller.organizationId())
                .map(found -> found.orElseThrow(() -> notFound(account.kind())));
    }

    /** The account that a caller may make this change of, by {@link UserReference#toChange}; refused as the change would be. */
    public Uni<UserView> findToChange(Caller caller, UserReference account, PatchUser patch) {
        return find(caller, account)
                .invoke(user -> UserChanges.authorize(caller, user.kind(), user.id(), user.role(), patch));
    }

    /** The caller's own account; {@code invalid_token} once it is gone. */
    public Uni<UserView> me(Caller caller) {
        return reads.byId(caller.organizationId(), caller.userId())
                .map(found -> found.orElseThrow(ErrorCode.INVALID_TOKEN::refusal));
    }

    /** Creates an account; {@code name_taken} or {@code email_taken} where another has the same in any case. */
    public Uni<UserView> create(Caller caller, CreateUser creation) {
        return Uni.createFrom()
                .deferred(() -> {
                    authorize(caller, creation);
                    return creation.username() == null ? addAsPart(caller, creation) : addAlone(caller, creation);
                })
                .map(UserView::of);
    }

    private Uni<User> addAlone(Caller caller, CreateUser creation) {
        User user = account(caller.organizationId(), creation, creation.username());
        return Identifiers.isNobodysAddress(user) ? insert.add(user).replaceWith(user) : addAsPart(caller, creation);
    }

    private Uni<User> addAsPart(Caller caller, CreateUser creation) {
        Supplier<Uni<User>> adding = () -> UnitOfWork.transaction(() -> add(caller, creation));
        // A name that was given is taken the second time too
        return creation.username() == null ? EmailUsername.settle(adding) : adding.get();
    }

    private static void authorize(Caller caller, CreateUser creation) {
        caller.require(creation.kind() == UserKind.PERSON ? Scope.USERS_WRITE : Scope.CLIENTS_WRITE);
        caller.requireDominance(creation.role());
    }

    /** Adds an account inside the caller's transaction. */
    public Uni<User> add(Caller caller, CreateUser creation) {
        authorize(caller, creation);
        return add(caller.organizationId(), creation).call(() -> CallerStanding.require(caller));
    }

    /**
     * Adds an account to an organization that may just have been made, inside the caller's
     * transaction.
     */
    public Uni<User> add(UUID organizationId, CreateUser creation) {
        return make(organizationId, creation).chain(this::add);
    }

    /** The same for a person whom another issuer has proven: the account itself is recorded as who does it. */
    public Uni<User> signUp(UUID organizationId, CreateUser creation) {
        return make(organizationId, creation)
                .invoke(user -> ProvenActor.note(organizationId, user.id))
                .chain(this::add);
    }

    private Uni<User> make(UUID organizationId, CreateUser creation) {
        Uni<String> name = creation.username() == null
                ? EmailUsername.free(organizationId, creation.email())
                : Uni.createFrom().item(creation.username());
        return name.map(username -> account(organizationId, creation, username));
    }

    private Uni<User> add(User user) {
        return user.<User>persist()
                .call(() -> Identifiers.claim(user))
                .call(() -> audit.record(AccountEvents.created(user)))
                // Last, since others that are added meanwhile wait for the same row
                .call(() -> counts.add(user));
    }

    private User account(UUID organizationId, CreateUser creation, String username) {
        Instant now = clock.instant();
        return creation.toUser(organizationId, Uuids.v7(now), username, now, user -> user.createdAt = now);
    }

    /**
     * Changes an account: whoever dominates it, and a person its own but for what decides about
     * access; {@code last_admin}, {@code federated_account}, and what {@link
     * OwnCredentials#prepare} fails with.
     */
    public Uni<UserView> patch(
            Caller caller, UserReference account, PatchUser patch, Proof proof, Precondition precondition) {
        return patch(caller, account, patch, proof, precondition, this::view);
    }

    /**
     * Changes an account as {@link #patch(Caller, UserReference, PatchUser, Proof, Precondition)} does, answered in another
     * way.
     *
     * @param answer reads the locked account after the change, in the same transaction
     */
    public <T> Uni<T> patch(
            Caller caller,
            UserReference account,
            PatchUser patch,
            Proof proof,
            Precondition precondition,
            Function<User, Uni<T>> answer) {
        UserReference reached = UserReference.toChange(caller, account);
        Uni<NewCredentials> prepared = patch.namesCredentials()
                ? prepare(caller, reached, patch, proof)
                : Uni.createFrom().item(NewCredentials.OF_ANOTHER);
        return prepared.chain(known -> change(caller, reached, patch, known, precondition, answer));
    }

    // Hashing is work that only someone who may change the account can ask for.
    private Uni<NewCredentials> prepare(Caller caller, UserReference account, PatchUser patch, Proof proof) {
        return findToChange(caller, account, patch)
                .chain(user -> patch.changesCredentials(user)
                        ? credentials.prepare(caller, user, patch, proof)
                        : Uni.createFrom().item(NewCredentials.OF_ANOTHER));
    }

    /**
     * Changes the caller's own password, under the same rules. What was signed in by the former one ends through {@link
     * AccountFollower#onPasswordChange}, before what follows.
     *
     * @param then what is done with the locked account after that, in the same transaction
     */
    public <T> Uni<T> changePassword(Caller caller, String password, Proof proof, Function<User, Uni<T>> then) {
        UserReference self = UserReference.person(caller.userId());
        PatchUser patch = PatchUser.toPassword(password);
        return prepare(caller, self, patch, proof)
                .chain(prepared -> change(caller, self, patch, prepared, Precondition.NONE, then));
    }

    /** Removes an account and all that hangs on it; {@code last_admin}, {@code internal_account}. */
    public Uni<Void> remove(Caller caller, UserReference account, Precondition precondition) {
        caller.require(account.kind() == UserKind.PERSON ? Scope.USERS_WRITE : Scope.CLIENTS_WRITE);
        return revocations.heard(UnitOfWork.transaction(() -> lock(caller, account)
                .invoke(user -> caller.requireDominance(user.role))
                .call(user -> check(user, precondition))
                .chain(deletions::delete)));
    }

    /**
     * The account, locked until the transaction ends; {@code user_not_found} or its like, {@code invalid_token} where the
     * caller's rights ended while it was waited for.
     */
    public Uni<User> lock(Caller caller, UserReference account) {
        return UniqueRow.required(account.lock(caller.organizationId()), () -> notFound(account.kind()))
                .call(() -> CallerStanding.require(caller));
    }

    /** Refuses with {@code precondition_failed} a locked account that others have changed, or one of its groups. */
    public Uni<Void> check(User user, Precondition precondition) {
        return precondition.check(() -> view(user).map(UserView::state));
    }

    /** A locked account as it will read after the caller's transaction. */
    public Uni<UserView> view(User user) {
        return UserReads.changed(user.organizationId, user.id)
                .map(found -> found.orElseThrow(() -> notFound(user.kind)));
    }

    private <T> Uni<T> change(
            Caller caller,
            UserReference account,
            PatchUser patch,
            NewCredentials prepared,
            Precondition precondition,
            Function<User, Uni<T>> then) {
        Uni<T> changed = UnitOfWork.transaction(() -> lock(caller, account)
                .invoke(user -> authorize(caller, user, patch))
                .invoke(user -> prepared.check(caller, user, patch))
                .call(user -> credentials.requireLasting(caller, user, patch))
                .call(user -> check(user, precondition))
                .invoke(user -> Identifiers.requireOwn(caller, user, patch))
                .call(user -> UserChanges.keepAnAdmin(user, patch, clock.instant()))
                .call(user -> edits.make(caller, user, patch, prepared.passwordHash()))
                .chain(user -> then.apply(user)));
        return patch.mayEndAccess() ? revocations.heard(changed) : changed.call(revocations::settleIfAny);
    }

    private static void authorize(Caller caller, User user, PatchUser patch) {
        UserChanges.authorize(caller, user.kind, user.id, user.role, patch);
    }

    private static RosterException notFound(UserKind kind) {
        return RosterException.of(
                kind == UserKind.PERSON ? ErrorCode.USER_NOT_FOUND : ErrorCode.SERVICE_ACCOUNT_NOT_FOUND);
    }
}
