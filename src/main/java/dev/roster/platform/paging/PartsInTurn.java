package dev.roster.platform.paging;

import dev.roster.platform.database.NoConnectionException;
import dev.roster.platform.request.OwnContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads something part by part, as fast as the parts are asked for. When the first has been sent nobody can be told to come again
 * any more: the others wait for a connection where all are in use.
 */
public final class PartsInTurn {
    private static final Duration PAUSE = Duration.ofMillis(100);

    // Of one part; a connection that says nothing is given up after as long
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicBoolean begun = new AtomicBoolean();

    private PartsInTurn() {}

    /**
     * All parts.
     *
     * @param next reads the next one; the same once more where it fails
     * @param goesOn whether another follows
     */
    public static <T> Multi<T> read(Supplier<Uni<T>> next, Predicate<T> goesOn) {
        PartsInTurn parts = new PartsInTurn();
        return Multi.createBy().repeating().uni(() -> parts.read(next)).whilst(goesOn);
    }

    /** Parts, each with what is read for it. */
    static <P, T> Multi<T> complete(Multi<P> all, Function<P, Uni<T>> reader) {
        PartsInTurn parts = new PartsInTurn();
        return all.onItem().transformToUniAndConcatenate(part -> parts.read(() -> reader.apply(part)));
    }

    private <T> Uni<T> read(Supplier<Uni<T>> part) {
        if (!begun.getAndSet(true)) {
            return part.get();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        return Uni.createFrom()
                .deferred(part::get)
                .onFailure(NoConnectionException.class)
                .call(busy -> OwnContext.pause(PAUSE))
                .onFailure(NoConnectionException.class)
                .retry()
                .until(busy -> System.nanoTime() < end);
    }
}
