package dev.roster.group;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Changes;
import dev.roster.audit.Listed;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Constraints;
import dev.roster.platform.persistence.Given;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.CallerStanding;
import dev.roster.user.GroupSummary;
import dev.roster.user.NamedUsers;
import dev.roster.user.NamedUsers.Named;
import dev.roster.user.UserKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The use cases of groups: find, create, change, remove. */
@ApplicationScoped
public class Groups {
    private final GroupReads reads;
    private final GroupRemoval removal;
    private final AuditLog audit;
    private final Clock clock;

    Groups(GroupReads reads, GroupRemoval removal, AuditLog audit, Clock clock) {
        this.reads = reads;
        this.removal = removal;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is unique about a group in its organization. */
    @Produces
    @Singleton
    static Constraints unique() {
        return new Constraints(Map.of("groups_name_key", ErrorCode.GROUP_NAME_TAKEN));
    }

    /** The group of this name; {@code group_not_found}. */
    public Uni<GroupSummary> find(Caller caller, String name) {
        return reads.byName(caller.organizationId(), name).map(found -> found.orElseThrow(() -> notFound(name)));
    }

    /** The group of this id or, where no group has it, of this name; {@code group_not_found}. */
    public Uni<GroupSummary> findByIdOrName(Caller caller, String idOrName) {
        Optional<UUID> id = Uuids.parse(idOrName);
        if (id.isEmpty()) {
            return find(caller, idOrName);
        }
        return reads.byId(caller.organizationId(), id.get())
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found.get()) : find(caller, idOrName));
    }

    /**
     * Creates a group with its first members; {@code group_name_taken}, {@code user_not_found}
     * names the unknown one, and {@code invalid_request} one that is in too many groups.
     */
    public Uni<GroupSummary> create(Caller caller, CreateGroup creation) {
        caller.require(Scope.GROUPS_WRITE);
        List<String> members = creation.members() == null ? List.of() : creation.members();
        return UnitOfWork.transaction(() -> NamedUsers.lock(caller.organizationId(), members)
                .call(users -> requireRoom(caller.organizationId(), users))
                .chain(users -> add(caller.organizationId(), creation, users))
                .call(() -> CallerStanding.require(caller))
                .chain(Groups::view));
    }

    /** Changes a group. */
    public Uni<GroupSummary> patch(Caller caller, String name, PatchGroup patch, Precondition precondition) {
        caller.require(Scope.GROUPS_WRITE);
        return UnitOfWork.transaction(() -> lock(caller, name)
                .invoke(group -> precondition.check(group.version))
                .call(group -> change(group, patch))
                .chain(Groups::view));
    }

    /**
     * Removes a group; its members stay. Of one with many members, which leave part after part, the removal is decided with the
     * first of them: it goes on where what follows fails.
     */
    public Uni<Void> remove(Caller caller, String name, Precondition precondition) {
        caller.require(Scope.GROUPS_WRITE);
        return UnitOfWork.transaction(() -> lock(caller, name)
                        .call(group -> group.removedAt == null
                                ? begin(group, precondition)
                                : Uni.createFrom().voidItem()))
                .chain(group -> group.removedAt == null
                        ? Uni.createFrom().voidItem()
                        : removal.finish(group.organizationId, group.id));
    }

    private Uni<Void> begin(Group group, Precondition precondition) {
        precondition.check(group.version);
        return audit.record(removed(group)).chain(() -> {
            if (GroupRemoval.isLarge(group)) {
                group.removedAt = clock.instant();
                return Uni.createFrom().voidItem();
            }
            return Membership.removeAll(group).chain(group::delete);
        });
    }

    private static Uni<Void> requireRoom(UUID organizationId, List<Named> members) {
        return Membership.full(organizationId, members.stream().map(Named::id).toList())
                .invoke(full -> members.stream()
                        .filter(member -> member.id().equals(full))
                        .findFirst()
                        .ifPresent(member -> {
                            throw RosterException.invalid(
                                    "members",
                                    "must be in less than " + Memberships.MOST + " groups, and '" + member.username()
                                            + "' is not");
                        }))
                .replaceWithVoid();
    }

    private Uni<Group> add(UUID organizationId, CreateGroup creation, List<Named> members) {
        Instant now = clock.instant();
        Group group = new Group();
        group.organizationId = organizationId;
        group.id = Uuids.v7(now);
        group.name = creation.name();
        group.displayName = creation.displayName() == null ? creation.name() : creation.displayName();
        group.ssoName = creation.ssoName() == null ? creation.name() : creation.ssoName();
        group.description = creation.description() == null ? "" : creation.description();
        group.metadata = new HashMap<>(creation.metadata());
        group.createdAt = now;
        group.updatedAt = now;
        group.userCount = (int)
                members.stream().filter(user -> user.kind() == UserKind.PERSON).count();
        group.serviceAccountCount = members.size() - group.userCount;
        List<UUID> ids = members.stream().map(Named::id).toList();
        return group.<Group>persist()
                .call(added -> NamedUsers.touch(organizationId, ids, now))
                .call(added -> Membership.addAll(added, ids, now))
                .call(added -> audit.record(created(added, members)));
    }

    private static AuditEvent created(Group group, List<Named> members) {
        AuditEvent event = group.event(AuditType.GROUP_CREATED).changing(Changes.between(Map.of(), group.audited()));
        return members.isEmpty()
                ? event
                : event.with("members", members.size()).with("member_names", Listed.names(members, Named::username));
    }

    private static AuditEvent removed(Group group) {
        return group.event(AuditType.GROUP_REMOVED)
                .changing(Changes.between(group.audited(), Map.of()))
                .with("members", group.userCount + group.serviceAccountCount);
    }

    private Uni<Void> change(Group group, PatchGroup patch) {
        Map<String, Object> fields = group.audited();
        Map<String, Object> metadata = group.metadata;
        apply(group, patch);
        Changes changes = Changes.between(fields, group.audited());
        if (changes.isEmpty() && metadata.equals(group.metadata)) {
            return Uni.createFrom().voidItem();
        }
        group.updatedAt = clock.instant();
        Listed keys = Changes.changedKeys(metadata, group.metadata);
        AuditEvent changed = group.event(AuditType.GROUP_CHANGED).changing(changes);
        return audit.record(keys.isEmpty() ? changed : changed.with("metadata_keys", keys));
    }

    private static void apply(Group group, PatchGroup patch) {
        Given.set(patch.displayName(), value -> group.displayName = value);
        Given.set(patch.ssoName(), value -> group.ssoName = value);
        Given.set(patch.description(), value -> group.description = value);
        Given.set(patch.metadata(), value -> group.metadata = value.apply(group.metadata));
    }

    private static Uni<GroupSummary> view(Group group) {
        return GroupReads.changed(group).map(found -> found.orElseThrow(() -> notFound(group.name)));
    }

    private static Uni<Group> lock(Caller caller, String name) {
        return Group.lockByName(caller.organizationId(), name)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(name))
                .call(() -> CallerStanding.require(caller));
    }

    private static RosterException notFound(String name) {
        return RosterException.of(ErrorCode.GROUP_NOT_FOUND, "Group '" + name + "' not found.");
    }
}
