package dev.roster.access.client;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.revocation.Revocations;
import dev.roster.user.AccountEvents;
import dev.roster.user.CreateUser;
import dev.roster.user.OwnCredentials;
import dev.roster.user.PatchUser;
import dev.roster.user.Proof;
import dev.roster.user.User;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import dev.roster.user.UserLists;
import dev.roster.user.UserReference;
import dev.roster.user.UserSort;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** The use cases of service accounts: accounts of programs, each with credentials of its own. */
@ApplicationScoped
public class ServiceAccounts {
    private final Users users;
    private final UserLists lists;
    private final Clients clients;
    private final CredentialReads credentials;
    private final SecretRules rules;
    private final AccountSecrets secrets;
    private final OwnCredentials owners;
    private final Revocations revocations;
    private final AuditLog audit;
    private final Clock clock;

    ServiceAccounts(
            Users users,
            UserLists lists,
            Clients clients,
            CredentialReads credentials,
            SecretRules rules,
            AccountSecrets secrets,
            OwnCredentials owners,
            Revocations revocations,
            AuditLog audit,
            Clock clock) {
        this.users = users;
        this.lists = lists;
        this.clients = clients;
        this.credentials = credentials;
        this.rules = rules;
        this.secrets = secrets;
        this.owners = owners;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** The service account of this name; {@code service_account_not_found}. */
    public Uni<ServiceAccountView> find(Caller caller, String name) {
        return users.find(caller, UserReference.service(name))
                .chain(account -> credentials.with(caller.organizationId(), account));
    }

    /** The service accounts, in the order of their names. */
    public Listing<ServiceAccountView> list(Caller caller) {
        UUID organizationId = caller.organizationId();
        return lists.list(organizationId, all(), UserSort.NAME)
                .with(accounts -> credentials.with(organizationId, accounts));
    }

    /** Creates a service account and its first credential; {@code name_taken}. */
    public Uni<NewServiceAccount> create(Caller caller, CreateServiceAccount creation) {
        caller.require(Scope.CLIENTS_WRITE);
        Instant expiresAt = end(creation.tokenExpiresAt());
        CreateUser user = new CreateUser(
                UserKind.SERVICE,
                creation.name(),
                null,
                creation.displayName(),
                creation.description(),
                creation.role(),
                UserStatus.ACTIVE,
                creation.metadata());
        return UnitOfWork.transaction(
                () -> users.add(caller, user).chain(added -> issue(added, added.username, expiresAt)));
    }

    /** Changes a service account. */
    public Uni<ServiceAccountView> patch(Caller caller, String name, PatchUser patch, Precondition precondition) {
        caller.require(Scope.CLIENTS_WRITE);
        return users.patch(caller, UserReference.service(name), patch, Proof.NONE, precondition, this::view);
    }

    /**
     * Gives a service account a new credential; the earlier ones end after the overlap. Its own one gives itself by the rules
     * of {@link AccountSecrets#add}.
     */
    public Uni<NewServiceAccount> rotate(Caller caller, String name, RotateCredential rotation) {
        caller.require(Scope.CLIENTS_WRITE);
        Instant wanted = end(rotation.expiresAt());
        return users.find(caller, UserReference.service(name))
                .chain(found -> owners.require(caller, found, Proof.NONE))
                .chain(proven -> UnitOfWork.transaction(() -> users.lock(caller, UserReference.service(name))
                        .invoke(user -> caller.requireDominance(user.role))
                        .chain(user -> secrets.endOfNew(caller, user, proven, wanted)
                                .invoke(end -> requireLonger(caller, user, end, rotation.overlap()))
                                // Before the rotation gives that of the caller an end
                                .call(() -> endEarlier(user, rotation.overlap()))
                                .call(() -> audit.record(rotated(user, rotation.overlap())))
                                .chain(end ->
                                        issue(user, Objects.requireNonNullElse(rotation.name(), user.username), end)))))
                .call(revocations::settleIfAny);
    }

    /** A locked service account as it will read after the caller's transaction, with its credentials. */
    public Uni<ServiceAccountView> view(User user) {
        return users.view(user).chain(account -> credentials.with(user, account));
    }

    private Uni<NewServiceAccount> issue(User user, String name, Instant expiresAt) {
        return clients.issue(user, name, expiresAt)
                .chain(credential -> view(user).map(view -> new NewServiceAccount(view, credential)));
    }

    private Instant end(Instant wanted) {
        return rules.end("token_expires_at", wanted, clock.instant());
    }

    /** Or an account that repeats a rotation of its own, whose answer was lost, would end both secrets. */
    private void requireLonger(Caller caller, User user, Instant end, Duration overlap) {
        if (caller.is(user.id) && end != null && !end.isAfter(clock.instant().plus(overlap))) {
            throw RosterException.of(
                    ErrorCode.CONFLICT,
                    "The new credential would end with the earlier ones: sign in with a newer one.");
        }
    }

    private Uni<Void> endEarlier(User user, Duration overlap) {
        return overlap.isZero()
                ? clients.revokeAll(user)
                : clients.endAll(user, clock.instant().plus(overlap));
    }

    private static AuditEvent rotated(User user, Duration overlap) {
        return AuditEvent.of(user.organizationId, AuditType.SECRET_ROTATED)
                .on(AccountEvents.target(user))
                .with("overlap_seconds", overlap.toSeconds());
    }

    private static UserFilter all() {
        return UserFilter.of(UserKind.SERVICE);
    }
}
