package dev.roster.platform.paging;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** A list that is read in pages or as a whole; nothing is read before one of them is asked for. */
public interface Listing<T> {

    /**
     * A part of the list, which has fewer rows than asked for where they are large; {@code invalid_cursor}.
     *
     * @param cursor where the part before ended; null for the first
     */
    Uni<Page<T>> page(String cursor, int limit);

    /**
     * The whole list, part by part, as fast as it is asked for and never more than a part in memory. Only the last part may be
     * empty.
     */
    Multi<Part<T>> parts();

    /** The same without a part that is empty. */
    default Multi<List<T>> stream() {
        return parts().map(Part::items).filter(items -> !items.isEmpty());
    }

    /** The same list of something that is read for a part at a time. */
    default <R> Listing<R> with(Function<List<T>, Uni<List<R>>> reader) {
        return new Listing<>() {
            @Override
            public Uni<Page<R>> page(String cursor, int limit) {
                return Listing.this.page(cursor, limit).chain(page -> reader.apply(page.items())
                        .map(items -> new Page<>(items, page.next())));
            }

            @Override
            public Multi<Part<R>> parts() {
                return PartsInTurn.complete(
                        Listing.this.parts(),
                        part -> part.items().isEmpty()
                                ? Uni.createFrom().item(Part.whole(List.of()))
                                : reader.apply(part.items()).map(items -> new Part<>(items, part.isLast())));
            }
        };
    }
}
