package dev.roster.user;

import dev.roster.audit.AuditEvent;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.TooMuchException;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.user.PlannedUser.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes the accounts of an import, a batch at a time in the caller's transaction. The rules are those of a single
 * creation or change; what decides about access to an account that there is is changed by itself, as everywhere.
 */
@ApplicationScoped
public class ImportedUsers {
    private final UserCounts counts;
    private final UserEdits edits;
    private final Clock clock;

    ImportedUsers(UserCounts counts, UserEdits edits, Clock clock) {
        this.counts = counts;
        this.edits = edits;
        this.clock = clock;
    }

    /**
     * Locks the accounts that lines are about, and says for each line what it makes of its account. The first line that is
     * about the same account as one before, by another of its names, and all behind it have no answer: they are about what
     * the lines before make of it. Fails with {@link TooMuchException} where fewer lines are to be planned at once.
     *
     * @param createOnly whether an account that there is is refused with {@code name_taken}
     */
    public Uni<List<PlannedUser>> plan(Caller caller, boolean createOnly, List<WantedUser> lines) {
        List<String> texts = new ArrayList<>();
        List<String> externalIds = new ArrayList<>();
        lines.forEach(line -> {
            texts.addAll(line.texts());
            line.user().key().ifPresent(externalIds::add);
        });
        return KnownUsers.lock(caller.organizationId(), texts, externalIds, lines.size() == 1)
                .map(known -> plan(caller, createOnly, lines, known));
    }

    private List<PlannedUser> plan(Caller caller, boolean createOnly, List<WantedUser> lines, KnownUsers known) {
        List<PlannedUser> plans = new ArrayList<>();
        Set<UUID> accounts = new HashSet<>();
        for (WantedUser line : lines) {
            Optional<User> found = known.find(line.user());
            if (found.isPresent() && !accounts.add(found.get().id)) {
                break;
            }
            plans.add(plan(caller, createOnly, line, found, known));
        }
        return plans;
    }

    private PlannedUser plan(
            Caller caller, boolean createOnly, WantedUser wanted, Optional<User> found, KnownUsers known) {
        ImportUser line = wanted.user();
        try {
            if (found.filter(wanted::made).isPresent()) {
                return new PlannedUser(Kind.CREATED, found.get(), null, null);
            }
            if (found.isPresent() && createOnly) {
                throw RosterException.of(
                        ErrorCode.NAME_TAKEN, new FieldError("username", "belongs to another account"));
            }
            return found.isPresent() ? change(caller, line, found.get()) : create(caller, wanted, known);
        } catch (RosterException refusal) {
            return PlannedUser.refused(refusal);
        }
    }

    private PlannedUser create(Caller caller, WantedUser wanted, KnownUsers known) {
        User user = wanted.accountToCreate();
        caller.requireDominance(user.role);
        known.requireFree(user);
        return new PlannedUser(Kind.CREATE, user, null, null);
    }

    private PlannedUser change(Caller caller, ImportUser line, User user) {
        boolean isSaid = line.isSaidOf(user);
        // Whoever may not read learns nothing of an account that it may not change
        if (!isSaid || !caller.scopes().contains(Scope.USERS_READ)) {
            caller.requireDominance(user.role);
        }
        if (isSaid) {
            return new PlannedUser(Kind.NOTHING, user, null, null);
        }
        if (!line.changesAccess(user)) {
            AccountEvents before = AccountEvents.of(user);
            line.describe(user);
            return new PlannedUser(Kind.UPDATE, user, before, null);
        }
        requireOther(caller, user);
        requireSettable(line, user);
        if (line.role() != null) {
            caller.requireDominance(line.role());
        }
        return new PlannedUser(Kind.ALONE, user, null, null);
    }

    /** A status that only an invite or a reopening gives may be said of who has it: see {@link PatchUser#settable}. */
    private static void requireSettable(ImportUser line, User user) {
        if (line.status() != user.status) {
            PatchUser.settable(line.status());
        }
    }

    /** Nobody locks itself out by a file, nor gets around the proof that a change of the own credentials takes. */
    private static void requireOther(Caller caller, User user) {
        if (caller.is(user.id)) {
            throw RosterException.of(
                    ErrorCode.FORBIDDEN, "An import does not change how its caller signs in, nor its role or status.");
        }
    }

    /**
     * Writes what is to be created and updated.
     *
     * @param turn what is waited for when accounts are added, and nothing is locked yet that others would wait for in turn
     * @param again whether it failed before: then what another transaction takes meanwhile is left out, which costs more
     * @return the accounts to create that another transaction was faster with
     * @throws OvertakenException by failure of the result, where a name became the address of another, or the other
     *     way around: the transaction has to start again
     */
    public Uni<Set<UUID>> write(Caller caller, List<PlannedUser> plans, boolean again, Supplier<Uni<Void>> turn) {
        UUID organizationId = caller.organizationId();
        List<User> created = of(plans, Kind.CREATE);
        List<User> updated = of(plans, Kind.UPDATE);
        Instant now = clock.instant();
        updated.forEach(user -> user.touch(now));
        Uni<Set<UUID>> steps = insert(organizationId, created, now, again)
                .call(() -> turn.get())
                .call(added -> claim(organizationId, created, added))
                .map(added -> lost(created, added));
        return updated.isEmpty() ? steps : steps.call(() -> UserBatch.update(organizationId, updated, now));
    }

    private static Uni<Set<UUID>> insert(UUID organizationId, List<User> created, Instant now, boolean again) {
        if (created.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return again
                ? UserBatch.insertFree(organizationId, created, now)
                : UserBatch.insert(organizationId, created, now)
                        .replaceWith(() -> created.stream().map(user -> user.id).collect(Collectors.toSet()));
    }

    private Uni<Void> claim(UUID organizationId, List<User> created, Set<UUID> added) {
        List<User> users =
                created.stream().filter(user -> added.contains(user.id)).toList();
        return users.isEmpty()
                ? Uni.createFrom().voidItem()
                : Identifiers.claimAll(organizationId, users).chain(() -> counts.add(organizationId, users));
    }

    private static Set<UUID> lost(List<User> created, Set<UUID> added) {
        Set<UUID> lost = new HashSet<>();
        created.forEach(user -> lost.add(user.id));
        lost.removeAll(added);
        return lost;
    }

    private static List<User> of(List<PlannedUser> plans, Kind kind) {
        Map<UUID, User> users = new HashMap<>();
        plans.stream().filter(plan -> plan.kind() == kind).forEach(plan -> users.put(plan.user().id, plan.user()));
        return List.copyOf(users.values());
    }

    /** What the audit log is told of one account that was created or updated, where it is told of each. */
    public List<AuditEvent> events(PlannedUser plan) {
        return plan.kind() == Kind.CREATE
                ? List.of(AccountEvents.created(plan.user()))
                : plan.before().until(plan.user());
    }

    /**
     * Changes what decides about access to an account, with all that follows, inside the caller's transaction; {@code
     * last_admin}, {@code federated_account}, {@code name_taken} and whatever else refuses such a change.
     */
    public Uni<User> changeAlone(Caller caller, UUID id, ImportUser line) {
        return UniqueRow.required(User.lockById(caller.organizationId(), id), ErrorCode.USER_NOT_FOUND::refusal)
                .chain(user -> changeAlone(caller, user, line));
    }

    private Uni<User> changeAlone(Caller caller, User user, ImportUser line) {
        requireOther(caller, user);
        requireSettable(line, user); // its person may have signed up since it was planned
        return changeAlone(caller, user, line, line.accessPatch(user)).replaceWith(user);
    }

    private Uni<Void> changeAlone(Caller caller, User user, ImportUser line, PatchUser patch) {
        UserChanges.authorize(caller, user.kind, user.id, user.role, patch);
        caller.requireDominance(user.role);
        return UserChanges.keepAnAdmin(user, patch, clock.instant())
                .invoke(() -> line.refuseFederated(user))
                .chain(() -> edits.apply(user, () -> {
                    line.describe(user);
                    edits.change(caller, user, patch, line.newHash(user));
                    user.touch(clock.instant());
                }));
    }

    /**
     * Switches an account off that is not in the file, inside the caller's transaction, as above; null where others have done
     * so since it was found, or removed it.
     */
    public Uni<User> deactivate(Caller caller, UUID id) {
        return User.lockById(caller.organizationId(), id)
                .chain(user -> user == null || user.status == UserStatus.DEACTIVATED
                        ? Uni.createFrom().nullItem()
                        : changeAlone(caller, user, ImportUser.DEACTIVATION));
    }
}
