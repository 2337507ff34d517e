package dev.roster.transfer;

import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.request.OwnContext;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A transaction of an import: one that is begun only while the client is there, and undone in a dry run. */
final class ImportTransaction {
    // Those that were in the way are over by then, or many come one after the other
    static final int TRIES = 4;

    // Another server takes over within seconds
    private static final long FIRST_WAIT_MILLISECONDS = 20;
    private static final int WAIT_GROWTH = 10;

    private ImportTransaction() {}

    /** Ends the transaction of a dry run, so that nothing of it stays. */
    private static final class Undone extends RuntimeException {
        Undone() {
            super("undone", null, false, false);
        }
    }

    static <T> Uni<T> of(ImportTask task, Supplier<Uni<T>> work) {
        AtomicReference<T> done = new AtomicReference<>();
        return UnitOfWork.transaction(() -> {
                    task.place().works();
                    return work.get().invoke(done::set).call(() -> undo(task.options()));
                })
                .onFailure(Undone.class)
                .recoverWithItem(done::get);
    }

    /** Does a transaction again that failed for what passes. */
    static <T> Uni<T> again(Supplier<Uni<T>> transaction) {
        return again(transaction, 1);
    }

    private static <T> Uni<T> again(Supplier<Uni<T>> transaction, int tries) {
        return transaction
                .get()
                .onFailure(failure -> FailureKind.of(failure) == FailureKind.PASSING && tries < TRIES)
                .recoverWithUni(() -> pause(tries).chain(() -> again(transaction, tries + 1)));
    }

    /** Ends a dry run when all that it does was asked of the database. */
    private static Uni<Void> undo(ImportOptions options) {
        return options.dryRun()
                ? Panache.getSession().chain(session -> session.flush()).invoke(() -> {
                    throw new Undone();
                })
                : Uni.createFrom().voidItem();
    }

    /** On the event loop of the import, which is not blocked. */
    static Uni<Void> pause(int tries) {
        return OwnContext.pause(Duration.ofMillis((long) (FIRST_WAIT_MILLISECONDS * Math.pow(WAIT_GROWTH, tries - 1))));
    }
}
