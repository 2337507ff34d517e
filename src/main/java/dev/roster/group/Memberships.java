package dev.roster.group;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Listed;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.AccountEvents;
import dev.roster.user.AccountFollower;
import dev.roster.user.GroupSummary;
import dev.roster.user.User;
import dev.roster.user.UserReference;
import dev.roster.user.UserView;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is in which group. Every change locks the account first and the groups after it, in the order
 * of their ids: two changes at once take turns and never wait for each other in a circle.
 */
@ApplicationScoped
public class Memberships implements AccountFollower {
    /** Groups of one account: each answer about it has all of them. Who was in more stays in those. */
    public static final int MOST = 1_000;

    /** What an account must not break that joins. */
    public static final String RULE = "must leave the account in at most " + MOST + " groups";

    private final Users users;
    private final AuditLog audit;
    private final Clock clock;

    Memberships(Users users, AuditLog audit, Clock clock) {
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Changes the groups of an account, all or nothing; {@code group_not_found} names the unknown
     * one, and {@code invalid_request} where the account would be in too many.
     */
    public Uni<UserView> change(Caller caller, UserReference account, ChangeGroups change, Precondition precondition) {
        return change(caller, account, change, precondition, users::view);
    }

    /**
     * Puts an account in a group, where it may be already; {@code group_not_found} where the group has been deleted since
     * it was found, although another has its name by now.
     */
    public Uni<JoinedGroup> join(Caller caller, UserReference account, GroupSummary group) {
        ChangeGroups joining = ChangeGroups.of(List.of(group.name()), null, null);
        return locked(caller, account, user -> change(user, joining, "groups")
                .chain(() -> users.view(user))
                .map(view -> joined(view, group)));
    }

    // Nobody holds the group of an account that has been in it
    private static JoinedGroup joined(UserView account, GroupSummary found) {
        return account.groups().stream()
                .filter(group -> group.id().equals(found.id()))
                .findFirst()
                .map(group -> new JoinedGroup(group, account))
                .orElseThrow(() -> notFound(found.name()));
    }

    /**
     * Changes the groups of an account as {@link #change(Caller, UserReference, ChangeGroups, Precondition)} does, answered
     * in another way.
     *
     * @param answer reads the locked account after the change, in the same transaction
     */
    public <T> Uni<T> change(
            Caller caller,
            UserReference account,
            ChangeGroups change,
            Precondition precondition,
            Function<User, Uni<T>> answer) {
        // Only what is added can be too much: what is set is bounded where it is read
        return locked(caller, account, user -> users.check(user, precondition)
                .chain(() -> change(user, change, "add_to_groups"))
                .chain(() -> answer.apply(user)));
    }

    private <T> Uni<T> locked(Caller caller, UserReference account, Function<User, Uni<T>> then) {
        caller.require(Scope.GROUPS_WRITE);
        return UnitOfWork.transaction(() -> users.lock(caller, account).chain(user -> then.apply(user)));
    }

    /**
     * Puts a locked account in these groups too, inside the caller's transaction; {@code
     * group_not_found} names the unknown one.
     *
     * @return the ids of the groups
     */
    public Uni<Set<UUID>> add(User user, List<String> names) {
        return names.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : change(user, ChangeGroups.of(names, null, null), "groups").map(named -> Set.copyOf(named.values()));
    }

    /**
     * Locks the groups of a locked account and these, inside the caller's transaction. For one that is moved twice there: each
     * move locks its groups in their order, but two after each other have none.
     */
    public Uni<Void> lock(User user, List<String> names) {
        return MembershipRows.known(user, names).chain(known -> {
            Set<UUID> groups = new HashSet<>(known.present());
            groups.addAll(known.named().values());
            return groups.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : MembershipRows.lock(user.organizationId, groups, Set.of()).replaceWithVoid();
        });
    }

    /** Leaves a locked account in exactly these groups, inside the caller's transaction; {@code group_not_found}. */
    public Uni<Void> set(User user, List<String> names) {
        return change(user, ChangeGroups.of(null, null, names), "groups").replaceWithVoid();
    }

    @Override
    public Rank rank() {
        return Rank.GROUPS;
    }

    @Override
    public Uni<Void> onReopening(User user, boolean keepGroups) {
        return keepGroups ? Uni.createFrom().voidItem() : beforeRemoval(user);
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return MembershipRows.known(user, Set.of()).chain(known -> move(user, known.present(), Set.of()));
    }

    /** Answers the ids of the groups that the change names, by name. */
    private Uni<Map<String, UUID>> change(User user, ChangeGroups change, String field) {
        return MembershipRows.known(user, change.names())
                .invoke(known -> requireAll(change.names(), known.named()))
                .call(known -> {
                    Set<UUID> target = target(known.present(), known.named(), change);
                    if (isTooMuch(known.present().size(), target.size())) {
                        throw RosterException.invalid(field, RULE);
                    }
                    return move(user, known.present(), target);
                })
                .map(MembershipRows.Known::named);
    }

    /** Whether an account of so many groups may not be in so many. */
    public static boolean isTooMuch(int present, int target) {
        return target > MOST && target > present;
    }

    private static Set<UUID> target(Set<UUID> current, Map<String, UUID> groups, ChangeGroups change) {
        if (change.exactly() != null) {
            return ids(groups, change.exactly());
        }
        Set<UUID> target = new HashSet<>(current);
        target.addAll(ids(groups, change.add()));
        target.removeAll(ids(groups, change.remove()));
        return target;
    }

    private Uni<Void> move(User user, Set<UUID> current, Set<UUID> target) {
        Set<UUID> joined = without(target, current);
        Set<UUID> left = without(current, target);
        if (joined.isEmpty() && left.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Set<UUID> touched = new HashSet<>(joined);
        touched.addAll(left);
        Instant now = clock.instant();
        // Written before the groups are locked, which others wait for
        user.touch(now);
        return MembershipRows.lock(user.organizationId, touched, joined)
                .chain(locked -> locked.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : audit.rowsInTransaction(events(user, locked, joined))
                                .chain(events -> MembershipRows.move(
                                        user, without(locked.keySet(), joined), joined, now, events)));
    }

    private static List<AuditEvent> events(User user, Map<UUID, String> groups, Set<UUID> joined) {
        Map<Boolean, List<String>> sides = groups.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        group -> joined.contains(group.getKey()),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return events(user, sides.get(true), sides.get(false));
    }

    /** What is to be recorded of an account that joins and leaves groups of these names. */
    static List<AuditEvent> events(User user, List<String> joined, List<String> left) {
        return Stream.of(
                        event(AuditType.MEMBERSHIP_ADDED, user, joined),
                        event(AuditType.MEMBERSHIP_REMOVED, user, left))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<AuditEvent> event(AuditType type, User user, List<String> groups) {
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(AuditEvent.of(user.organizationId, type)
                        .on(AccountEvents.target(user))
                        .with("groups", Listed.names(groups, name -> name)));
    }

    private static void requireAll(Set<String> names, Map<String, UUID> found) {
        names.stream().filter(name -> !found.containsKey(name)).findFirst().ifPresent(missing -> {
            throw notFound(missing);
        });
    }

    private static RosterException notFound(String name) {
        return RosterException.of(ErrorCode.GROUP_NOT_FOUND, "Group '" + name + "' not found.");
    }

    private static Set<UUID> ids(Map<String, UUID> groups, Collection<String> names) {
        return names.stream().map(groups::get).collect(Collectors.toSet());
    }

    private static Set<UUID> without(Set<UUID> ids, Set<UUID> others) {
        return ids.stream().filter(id -> !others.contains(id)).collect(Collectors.toSet());
    }
}
