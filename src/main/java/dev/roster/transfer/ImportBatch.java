package dev.roster.transfer;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.group.ImportedMemberships;
import dev.roster.group.ImportedMemberships.Move;
import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.TooMuchException;
import dev.roster.transfer.LineResult.Outcome;
import dev.roster.transfer.Written.Alone;
import dev.roster.user.ImportedUsers;
import dev.roster.user.PlannedUser;
import dev.roster.user.PlannedUser.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/** Writes lines inside the caller's transaction, by the same number of statements however many there are. */
@ApplicationScoped
class ImportBatch {
    /** A transaction of more would take longer than a connection may be silent. */
    static final int MOST_MEMBERSHIPS = 10_000;

    private final ImportedUsers users;
    private final ImportedMemberships memberships;
    private final ImportingCaller standing;
    private final AuditLog audit;

    ImportBatch(ImportedUsers users, ImportedMemberships memberships, ImportingCaller standing, AuditLog audit) {
        this.users = users;
        this.memberships = memberships;
        this.standing = standing;
        this.audit = audit;
    }

    /** A line with what it makes of its account, and of the groups of that. */
    private record Step(Line line, PlannedUser plan, List<Move> moves) {

        /**
         * Whether the plan may be carried out though it was made without what the batch before writes: that fails it, or is
         * waited for, where it matters. A refusal, or a change that goes by itself, may be wrong without a trace.
         */
        boolean isSure() {
            return plan.kind() != Kind.REFUSED && plan.kind() != Kind.ALONE;
        }

        boolean writes() {
            return plan.kind() == Kind.CREATE || plan.kind() == Kind.UPDATE;
        }

        UUID id() {
            return plan.user().id;
        }
    }

    /** The groups that there are, and those that persons are in, by name. */
    private record KnownGroups(Map<String, UUID> named, Map<UUID, Map<String, UUID>> present) {}

    /** Fails with {@link TooMuchException} where fewer lines are to be written at once. */
    Uni<Written> write(ImportTask task, List<Line> lines, Attempt attempt) {
        Caller caller = task.caller();
        ImportOptions options = task.options();
        return attempt.begin(() -> stand(task))
                .chain(() -> users.plan(
                        caller,
                        options.mode() == ImportMode.CREATE,
                        lines.stream().map(Line::wanted).toList()))
                .chain(plans -> groups(caller, lines, plans).map(groups -> IntStream.range(0, plans.size())
                        .mapToObj(i -> step(caller, lines.get(i), plans.get(i), groups))
                        .toList()))
                .invoke(steps -> attempt.require(
                        steps.size() == lines.size() && steps.stream().allMatch(Step::isSure)))
                .chain(steps -> carryOut(task, steps, attempt)
                        .map(written -> written.andLater(lines.subList(steps.size(), lines.size()))));
    }

    /** Waits for its turn; it may go on, as far as is known before accounts are waited for. */
    private Uni<Void> stand(ImportTask task) {
        task.place().require();
        return standing.takeTurn(task.caller()).chain(() -> standing.require(task.caller()));
    }

    /** The same, for one that has locked accounts: another import would wait for those, and it for that import. */
    private Uni<Void> standAtOnce(ImportTask task) {
        task.place().require();
        return standing.takeFreeTurn(task.caller())
                .invoke(free -> {
                    if (!free) {
                        throw BatchAhead.inVain();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<KnownGroups> groups(Caller caller, List<Line> lines, List<PlannedUser> plans) {
        Set<String> names = new TreeSet<>();
        Set<UUID> persons = new HashSet<>();
        for (int i = 0; i < plans.size(); i++) {
            List<String> groups = lines.get(i).user().groups();
            PlannedUser plan = plans.get(i);
            if (groups != null && plan.user() != null) {
                names.addAll(groups);
                if (plan.kind() != Kind.CREATE) {
                    persons.add(plan.user().id);
                }
            }
        }
        return memberships.named(caller.organizationId(), names).chain(named -> memberships
                .of(caller.organizationId(), persons, MOST_MEMBERSHIPS)
                .map(present -> new KnownGroups(named, present)));
    }

    private static Step step(Caller caller, Line line, PlannedUser plan, KnownGroups groups) {
        if (line.user().groups() == null || plan.user() == null || plan.kind() == Kind.CREATED) {
            return new Step(line, plan, List.of());
        }
        Set<String> wanted = new LinkedHashSet<>(line.user().groups());
        Map<String, UUID> present = groups.present().getOrDefault(plan.user().id, Map.of());
        if (present.keySet().equals(wanted)) {
            return new Step(line, plan, List.of());
        }
        RosterException refusal = refusal(caller, wanted, present.size(), groups);
        if (refusal != null) {
            return new Step(line, new PlannedUser(Kind.REFUSED, null, null, refusal), List.of());
        }
        UUID person = plan.user().id;
        List<Move> moves = new ArrayList<>();
        wanted.stream()
                .filter(name -> !present.containsKey(name))
                .forEach(name -> moves.add(new Move(person, groups.named().get(name), name, false)));
        present.forEach((name, group) -> {
            if (!wanted.contains(name)) {
                moves.add(new Move(person, group, name, true));
            }
        });
        return new Step(line, plan.touched(), moves);
    }

    private static RosterException refusal(Caller caller, Set<String> wanted, int present, KnownGroups groups) {
        try {
            caller.require(Scope.GROUPS_WRITE);
        } catch (RosterException refusal) {
            return refusal;
        }
        if (Memberships.isTooMuch(present, wanted.size())) {
            return RosterException.invalid("groups", Memberships.RULE);
        }
        return wanted.stream()
                .filter(name -> !groups.named().containsKey(name))
                .findFirst()
                .map(name -> RosterException.of(
                        ErrorCode.GROUP_NOT_FOUND, new FieldError("groups", "there is no group '" + name + "'")))
                .orElse(null);
    }

    private Uni<Written> carryOut(ImportTask task, List<Step> steps, Attempt attempt) {
        Caller caller = task.caller();
        List<PlannedUser> plans = steps.stream().map(Step::plan).toList();
        return users.write(caller, plans, attempt.isAgain(), () -> attempt.goOn(() -> standAtOnce(task)))
                .invoke(attempt::added)
                .call(lost -> setGroups(caller, steps, lost, attempt.isAgain()))
                // Behind all that it may have waited for: its caller may have ended meanwhile
                .call(() -> standing.require(caller))
                .call(lost -> record(caller, task.options(), steps, lost))
                .map(lost -> written(steps, lost));
    }

    private Uni<Void> setGroups(Caller caller, List<Step> steps, Set<UUID> lost, boolean again) {
        List<Move> moves = steps.stream()
                .filter(step -> step.writes() && !lost.contains(step.id()))
                .flatMap(step -> step.moves().stream())
                .toList();
        return moves.isEmpty() ? Uni.createFrom().voidItem() : memberships.move(caller.organizationId(), moves, again);
    }

    private Uni<Void> record(Caller caller, ImportOptions options, List<Step> steps, Set<UUID> lost) {
        List<Step> written = steps.stream()
                .filter(step -> step.writes() && !lost.contains(step.id()))
                .toList();
        if (written.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<AuditEvent> events = new ArrayList<>();
        events.add(ImportEvents.together(
                caller,
                count(written, Kind.CREATE),
                count(written, Kind.UPDATE),
                steps.get(0).line().number(),
                steps.get(steps.size() - 1).line().number()));
        if (options.accountEvents()) {
            written.forEach(step -> {
                events.addAll(users.events(step.plan()));
                events.addAll(ImportedMemberships.events(step.plan().user(), step.moves()));
            });
        }
        return audit.record(events);
    }

    private static long count(List<Step> steps, Kind kind) {
        return steps.stream().filter(step -> step.plan().kind() == kind).count();
    }

    private static Written written(List<Step> steps, Set<UUID> lost) {
        Written written = Written.nothing();
        for (Step step : steps) {
            Line line = step.line();
            switch (step.plan().kind()) {
                case REFUSED ->
                    written.results().add(LineResult.error(line, step.plan().refusal()));
                case ALONE -> written.alone().add(new Alone(line, step.plan().user()));
                case NOTHING -> written.results().add(result(step, Outcome.UNCHANGED));
                case UPDATE -> written.results().add(result(step, Outcome.UPDATED));
                case CREATED -> written.results().add(result(step, Outcome.CREATED));
                case CREATE -> {
                    if (lost.contains(step.id())) {
                        written.overtaken().add(line);
                    } else {
                        written.results().add(result(step, Outcome.CREATED));
                    }
                }
            }
        }
        return written;
    }

    private static LineResult result(Step step, Outcome outcome) {
        return new LineResult(step.line().number(), step.plan().user().username, step.id(), outcome, null);
    }
}
