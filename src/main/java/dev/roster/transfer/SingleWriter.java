package dev.roster.transfer;

import dev.roster.caller.Scope;
import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.transfer.LineResult.Outcome;
import dev.roster.transfer.Written.Alone;
import dev.roster.user.ImportUser;
import dev.roster.user.ImportedUsers;
import dev.roster.user.User;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes what decides about access to accounts, each in a transaction of its own. */
@ApplicationScoped
class SingleWriter {
    private final ImportedUsers users;
    private final Memberships memberships;
    private final ImportingCaller standing;
    private final LeftOut leftOut;
    private final ImportEvents events;

    SingleWriter(
            ImportedUsers users,
            Memberships memberships,
            ImportingCaller standing,
            LeftOut leftOut,
            ImportEvents events) {
        this.events = events;
        this.users = users;
        this.memberships = memberships;
        this.standing = standing;
        this.leftOut = leftOut;
    }

    /** Writes lines one after the other; what became of each. */
    Uni<List<LineResult>> write(ImportTask task, List<Alone> lines) {
        return each(task, lines, line -> alone(task, line));
    }

    private Uni<LineResult> alone(ImportTask task, Alone one) {
        Line line = one.line();
        return requireNew(task, one)
                .chain(() -> single(task, () -> users.changeAlone(task.caller(), one.user().id, line.user())
                        .call(user -> setGroups(task, user, line))))
                .map(user -> new LineResult(line.number(), user.username, user.id, Outcome.UPDATED, null))
                .onFailure(FailureKind::isOfALine)
                .recoverWithItem(failure -> LineResult.error(line, failure));
    }

    /**
     * Refuses a line of a sync that gives another name to an account of a line before: a file of all persons is about each
     * once, so one external id with two names is that of two of them.
     */
    private Uni<Void> requireNew(ImportTask task, Alone one) {
        ImportUser wanted = one.line().user();
        boolean renames = wanted.key().isPresent()
                && wanted.name()
                        .filter(name -> !CanonicalText.fold(name).equals(one.user().usernameKey))
                        .isPresent();
        if (task.options().mode() != ImportMode.SYNC || !renames) {
            return Uni.createFrom().voidItem();
        }
        return leftOut.isMarked(task.caller().organizationId(), task.id(), one.user().id)
                .invoke(marked -> {
                    if (marked) {
                        throw RosterException.of(
                                ErrorCode.CONFLICT, new FieldError("external_id", "is that of a line before"));
                    }
                })
                .replaceWithVoid();
    }

    // Who may not move anybody is here only where nothing was to move when the line was read, and leaves what others
    // move since
    private Uni<Void> setGroups(ImportTask task, User user, Line line) {
        return line.user().groups() == null || !task.caller().scopes().contains(Scope.GROUPS_WRITE)
                ? Uni.createFrom().voidItem()
                : memberships.set(user, line.user().groups());
    }

    /** Switches accounts off that are in no line; what became of each that others have not switched off meanwhile. */
    Uni<List<LineResult>> deactivate(ImportTask task, List<LeftOut.Person> accounts) {
        return each(task, accounts, account -> deactivate(task, account));
    }

    private Uni<LineResult> deactivate(ImportTask task, LeftOut.Person account) {
        UUID id = account.id();
        return single(task, () -> users.deactivate(task.caller(), id))
                .onItem()
                .ifNotNull()
                .transform(user -> new LineResult(null, user.username, id, Outcome.DEACTIVATED, null))
                .onFailure(FailureKind::isOfALine)
                .recoverWithItem(failure -> new LineResult(null, account.username(), id, Outcome.ERROR, failure));
    }

    /** Changes one account in a transaction, whose caller may still do so once all that it waits for is locked. */
    private <T> Uni<T> single(ImportTask task, Supplier<Uni<T>> change) {
        return ImportTransaction.again(
                () -> ImportTransaction.of(task, () -> change.get().call(() -> standing.require(task.caller()))));
    }

    private <T> Uni<List<LineResult>> each(ImportTask task, List<T> items, Function<T, Uni<LineResult>> step) {
        List<LineResult> results = new ArrayList<>();
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .invoke(results::add)
                .collect()
                .last()
                // What ended it is the one to be told
                .onFailure()
                .call(() -> events.oneByOne(task, results).onFailure().recoverWithNull())
                .call(() -> events.oneByOne(task, results))
                .replaceWith(results);
    }
}
