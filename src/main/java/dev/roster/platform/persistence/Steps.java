package dev.roster.platform.persistence;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/** Steps that wait for each other, as many as there are: none is called from within the one before it. */
public final class Steps {
    private Steps() {}

    /** One step for each, in their order, up to the first that fails. */
    public static <T> Uni<Void> each(Iterable<T> all, Function<? super T, ? extends Uni<?>> step) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .<Object>transformToUni(step::apply)
                .concatenate()
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One step for each, in their order; one that fails stands in the way of no other, and fails all of it in the end. */
    public static <T> Uni<Void> eachOnItsOwn(Iterable<T> all, Function<? super T, ? extends Uni<?>> step) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .<Object>transformToUni(one -> Uni.createFrom().deferred(() -> step.apply(one)))
                .collectFailures()
                .concatenate()
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The same step over and over, until it answers that there is no more to do. */
    public static Uni<Void> whilst(Supplier<Uni<Boolean>> step) {
        return Multi.createBy()
                .repeating()
                .uni(step::get)
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
