package dev.roster.platform.persistence;

import static io.quarkus.hibernate.orm.runtime.PersistenceUnitUtil.DEFAULT_PERSISTENCE_UNIT_NAME;

import dev.roster.platform.database.StaleConnectionException;
import dev.roster.platform.request.OwnContext;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.runtime.SessionOperations;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Work that is done as a whole or not at all, whatever becomes of who asked for it: once begun it is carried to its end,
 * because a client that hangs up, or a wait that is over, would otherwise end it between two statements, with its session
 * still in use. What did not run because of its connection is done again from the start, on a new one.
 */
public final class UnitOfWork {
    // The second one if the migration goes on meanwhile
    private static final int AGAIN = 2;

    private static final String AFTERWARDS = UnitOfWork.class.getName();

    private UnitOfWork() {}

    /** Does the work in a transaction: the one that there is, or one of its own. */
    public static <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(
                        () -> isWithin() ? begin(work) : whole(Uni.createFrom().deferred(() -> begin(work))));
    }

    /**
     * Has something done as soon as the transaction that there is holds, and not at all where it does not.
     *
     * @param step never fails; the same is done once
     */
    public static void afterwards(Runnable step) {
        OwnContext.<Set<Runnable>>noted(AFTERWARDS).ifPresent(steps -> steps.add(step));
    }

    private static <T> Uni<T> begin(Supplier<Uni<T>> work) {
        if (OwnContext.noted(AFTERWARDS).isPresent()) {
            return Panache.withTransaction(work);
        }
        Set<Runnable> steps = new LinkedHashSet<>();
        OwnContext.note(AFTERWARDS, steps);
        return Panache.withTransaction(work)
                .onTermination()
                .invoke(() -> OwnContext.forget(AFTERWARDS))
                .invoke(() -> steps.forEach(Runnable::run));
    }

    /** Reads entities, in the session that there is, or in one of its own. */
    public static <T> Uni<T> session(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() ->
                        isWithin() ? work.get() : whole(Uni.createFrom().deferred(() -> Panache.withSession(work))));
    }

    private static boolean isWithin() {
        return SessionOperations.getCurrentSession(DEFAULT_PERSISTENCE_UNIT_NAME) != null;
    }

    private static <T> Uni<T> whole(Uni<T> work) {
        Uni<T> repeated =
                work.onFailure(StaleConnectionException::isCauseOf).retry().atMost(AGAIN);
        // The first is the cause. A rollback that fails too changes nothing: the server does it where a client is lost
        return carriedOut(repeated.onFailure(CompositeException.class).transform(Throwable::getCause));
    }

    /** Work of several transactions that is carried to its end once begun, whatever becomes of who asked for it. */
    public static <T> Uni<T> carriedOut(Uni<T> work) {
        return Uni.createFrom().emitter(asking -> work.subscribe().with(asking::complete, asking::fail));
    }
}
