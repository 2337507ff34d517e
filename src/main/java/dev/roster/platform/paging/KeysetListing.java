package dev.roster.platform.paging;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A list that goes on behind the sort values of the last row, whose index finds them: a part costs
 * the same at any depth.
 *
 * @param organizationId whose list it is
 * @param name the list with its filters and order, to which its cursors are sealed
 * @param place the sort values of a row
 * @param reader reads rows behind a place
 */
public record KeysetListing<T>(
        UUID organizationId, String name, Function<T, List<String>> place, Reader<T> reader)
        implements Listing<T> {

    // Enough rows to keep the database busy while the last ones are sent, few enough to keep in
    // memory per listing.
    private static final int PART = 200;

    // Greater than every UUIDv7.
    private static final UUID NEWEST = new UUID(-1, -1);

    /** Reads rows in the order of the list. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * The first rows behind a place.
         *
         * @param place null for the beginning; throws where it is none of this list
         */
        Uni<List<T>> behind(List<String> place, int limit);
    }

    /**
     * A list whose newest rows, those of the greatest UUIDv7, come first.
     *
     * @param reader reads rows before an id, at most so many
     */
    public static <T> Listing<T> newestFirst(
            UUID organizationId,
            String name,
            Function<T, UUID> id,
            BiFunction<UUID, Integer, Uni<List<T>>> reader) {
        return new KeysetListing<>(
                organizationId,
                name,
                row -> List.of(id.apply(row).toString()),
                (place, limit) ->
                        reader.apply(
                                place == null ? NEWEST : UUID.fromString(place.get(0)), limit));
    }

    /**
     * A list in the order of unique names.
     *
     * @param reader reads rows behind a name, at most so many; every name is behind the empty one
     */
    public static <T> Listing<T> byName(
            UUID organizationId,
            String list,
            Function<T, String> name,
            BiFunction<String, Integer, Uni<List<T>>> reader) {
        return new KeysetListing<>(
                organizationId,
                list,
                row -> List.of(name.apply(row)),
                (place, limit) -> reader.apply(place == null ? "" : place.get(0), limit));
    }

    @Override
    public Uni<Page<T>> page(String cursor, int limit) {
        Uni<List<T>> rows =
                cursor == null
                        ? reader.behind(null, limit + 1)
                        : Cursor.decode(
                                organizationId,
                                name,
                                cursor,
                                behind -> reader.behind(behind, limit + 1));
        return rows.map(found -> Page.of(found, limit, this::cursor));
    }

    @Override
    public Multi<List<T>> stream() {
        AtomicReference<List<String>> last = new AtomicReference<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> reader.behind(last.get(), PART))
                .whilst(
                        rows -> {
                            if (!rows.isEmpty()) {
                                last.set(place.apply(rows.get(rows.size() - 1)));
                            }
                            return rows.size() == PART;
                        })
                .filter(rows -> !rows.isEmpty());
    }

    private String cursor(T row) {
        return Cursor.encode(organizationId, name, place.apply(row));
    }
}
