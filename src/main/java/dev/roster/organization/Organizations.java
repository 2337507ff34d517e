package dev.roster.organization;

import dev.roster.access.client.Clients;
import dev.roster.access.client.NewSecret;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.caller.CurrentCaller;
import dev.roster.caller.Role;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Constraints;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.persistence.ViolatedConstraint;
import dev.roster.user.CallerStanding;
import dev.roster.user.CreateUser;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The use cases of organizations; each starts with an administrator that can do the rest. */
@ApplicationScoped
public class Organizations {
    /** The organization that the first start makes. */
    static final String FIRST = "default";

    private static final String ADMINISTRATOR = "admin";
    private static final String NAME_KEY = "organizations_name_key";

    private final Users users;
    private final Clients clients;
    private final AuditLog audit;
    private final Clock clock;

    Organizations(Users users, Clients clients, AuditLog audit, Clock clock) {
        this.audit = audit;
        this.users = users;
        this.clients = clients;
        this.clock = clock;
    }

    /** What is unique about an organization in its installation. */
    @Produces
    @Singleton
    static Constraints unique() {
        return new Constraints(Map.of(NAME_KEY, ErrorCode.ORGANIZATION_NAME_TAKEN));
    }

    /**
     * Makes an organization with an account {@code admin} and a client for it; {@code
     * organization_name_taken}.
     */
    public Uni<NewOrganization> create(String name, String displayName) {
        return create(name, displayName, account -> requireStanding()
                .chain(() -> clients.issue(account, ADMINISTRATOR, null)));
    }

    /** Makes the organization of an installation, whose client may make more. */
    Uni<NewOrganization> createFirst(String clientId, String secret) {
        return create(FIRST, "Default", account -> clients.issueSystem(account, clientId, secret));
    }

    public Listing<Organization> list() {
        return KeysetListing.byName(
                Uuids.NIL,
                "organizations",
                organization -> organization.name,
                (after, limit) -> UnitOfWork.session(() -> Organization.after(after, limit)));
    }

    private Uni<NewOrganization> create(String name, String displayName, Function<User, Uni<NewSecret>> issue) {
        return UnitOfWork.transaction(() -> add(name, displayName, issue))
                .onFailure(Organizations::isTaken)
                .transform(taken -> RosterException.of(ErrorCode.ORGANIZATION_NAME_TAKEN));
    }

    private Uni<NewOrganization> add(String name, String displayName, Function<User, Uni<NewSecret>> issue) {
        Organization organization = organization(name, displayName);
        return organization
                .persist()
                .chain(() -> audit.record(events(AuditType.ORGANIZATION_CREATED, organization)))
                .chain(() -> addAdministrator(organization.id))
                .chain(issue::apply)
                .map(client -> new NewOrganization(organization, client));
    }

    private static Uni<?> requireStanding() {
        return CurrentCaller.get().<Uni<?>>map(CallerStanding::require).orElseGet(Uni.createFrom()::voidItem);
    }

    /** For the readers of the organization itself, and for those of who did something to it. */
    static List<AuditEvent> events(AuditType type, Organization organization) {
        return Stream.concat(
                        CurrentCaller.get().map(caller -> caller.organizationId()).stream(), Stream.of(organization.id))
                .map(reader ->
                        AuditEvent.of(reader, type).on(Target.Kind.ORGANIZATION, organization.id, organization.name))
                .toList();
    }

    /** Adds an administrator that is never deleted, inside the caller's transaction. */
    Uni<User> addAdministrator(UUID organizationId) {
        CreateUser creation = new CreateUser(
                UserKind.PERSON, ADMINISTRATOR, null, "Administrator", null, Role.ADMIN, UserStatus.ACTIVE, Map.of());
        return users.add(organizationId, creation).invoke(User::makeInternal);
    }

    private Organization organization(String name, String displayName) {
        Instant now = clock.instant();
        Organization organization = new Organization();
        organization.id = Uuids.v7(now);
        organization.name = name;
        organization.displayName = displayName;
        organization.createdAt = now;
        organization.updatedAt = now;
        return organization;
    }

    private static boolean isTaken(Throwable failure) {
        return ViolatedConstraint.isOneOf(Set.of(NAME_KEY), failure);
    }
}
