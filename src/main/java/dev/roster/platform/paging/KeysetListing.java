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
 * @param <P> the sort values
 * @param organizationId whose list it is
 * @param name the list with its filters and order, to which its cursors are sealed
 * @param places the sort values of rows
 * @param reader reads rows behind a place, at most so many, and leaves out the last of them where all would be too large at once;
 *     null is the beginning
 */
public record KeysetListing<T, P>(
        UUID organizationId, String name, Places<T, P> places, BiFunction<P, Integer, Uni<Part<T>>> reader)
        implements Listing<T> {

    // Greater than every UUIDv7.
    private static final UUID NEWEST = new UUID(-1, -1);

    /**
     * Where rows stand in a list.
     *
     * @param of the place of a row
     * @param write as it stands in a cursor
     * @param read of a cursor; throws what it likes where it is no place of this list
     */
    public record Places<T, P>(Function<T, P> of, Function<P, List<String>> write, Function<List<String>, P> read) {}

    /**
     * A list whose newest rows, those of the greatest UUIDv7, come first.
     *
     * @param reader reads rows before an id, at most so many
     */
    public static <T> Listing<T> newestFirst(
            UUID organizationId, String name, Function<T, UUID> id, BiFunction<UUID, Integer, Uni<List<T>>> reader) {
        Places<T, UUID> places =
                new Places<>(id, place -> List.of(place.toString()), words -> UUID.fromString(words.get(0)));
        return new KeysetListing<>(
                organizationId, name, places, (before, limit) -> reader.apply(before == null ? NEWEST : before, limit)
                        .map(Part::whole));
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
                new Places<>(name, List::of, words -> words.get(0)),
                (after, limit) ->
                        reader.apply(after == null ? "" : after, limit).map(Part::whole));
    }

    @Override
    public Uni<Page<T>> page(String cursor, int limit) {
        P place = cursor == null ? null : Cursor.decode(organizationId, name, cursor, places.read());
        return reader.apply(place, limit + 1).map(rows -> Page.of(rows, limit, this::cursor));
    }

    @Override
    public Multi<Part<T>> parts() {
        AtomicReference<P> last = new AtomicReference<>();
        PartSize size = new PartSize();
        return PartsInTurn.read(
                () -> {
                    int most = size.of(Part.SIZE);
                    return reader.apply(last.get(), most).map(part -> {
                        List<T> rows = part.items();
                        if (!rows.isEmpty()) {
                            last.set(places.of().apply(rows.get(rows.size() - 1)));
                        }
                        size.had(rows.size(), part.isLast());
                        return new Part<>(rows, rows.size() < most && part.isLast());
                    });
                },
                part -> !part.isLast());
    }

    private String cursor(T row) {
        return Cursor.encode(
                organizationId, name, places.write().apply(places.of().apply(row)));
    }
}
