package dev.roster.api.v1;

import dev.roster.api.ListAnswers;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.paging.Page;
import dev.roster.platform.paging.Part;
import dev.roster.platform.paging.PartSize;
import dev.roster.platform.paging.PartsInTurn;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestMulti;

/** Sends lists as {@code {"items": […]}}, a page with the cursor of the next or everything, or an item a line. */
@Singleton
public class ItemStream {
    /** One JSON value a line. */
    static final String LINES = "application/x-ndjson";

    private static final String START = "{\"items\":[";
    private static final String END = "]}";

    private final ListAnswers answers;

    ItemStream(ListAnswers answers) {
        this.answers = answers;
    }

    /** The page that is asked for, or everything where none is. */
    <T> RestMulti<byte[]> list(Listing<T> listing, PageQuery query, Function<T, ?> body) {
        return list(Uni.createFrom().item(listing), query, body);
    }

    <T> RestMulti<byte[]> list(Uni<Listing<T>> listing, PageQuery query, Function<T, ?> body) {
        Integer limit = query.pageSize();
        PageParts<T> page = new PageParts<>(query.place(), limit == null ? Integer.MAX_VALUE : limit);
        return answers.array(
                START,
                listing.onItem().transformToMulti(found -> limit == null ? found.parts() : page.of(found)),
                body,
                () -> page.next() == null ? END : "],\"next_cursor\":" + answers.write(page.next()) + "}");
    }

    /** The page that is asked for, or everything where none is, an item a line. */
    <T> RestMulti<byte[]> lines(Listing<T> listing, PageQuery query, Function<T, ?> body) {
        Integer limit = query.pageSize();
        return lines(
                limit == null
                        ? listing.stream()
                        : new PageParts<T>(query.place(), limit).of(listing).map(Part::items),
                body);
    }

    /** What comes in parts, an item a line. */
    <T> RestMulti<byte[]> lines(Multi<List<T>> parts, Function<T, ?> body) {
        return answers.lines(parts, body, LINES);
    }

    /** Reads a page part by part. */
    private static final class PageParts<T> {
        private final PartSize size = new PartSize();
        private String cursor;
        private int left;

        PageParts(String cursor, int limit) {
            this.cursor = cursor;
            left = limit;
        }

        /** The cursor behind what was read. */
        String next() {
            return cursor;
        }

        Multi<Part<T>> of(Listing<T> listing) {
            return PartsInTurn.read(
                    () -> {
                        int asked = size.of(left);
                        return listing.page(cursor, asked).map(page -> part(page, asked));
                    },
                    part -> !part.isLast());
        }

        private Part<T> part(Page<T> page, int asked) {
            cursor = page.next();
            left -= page.items().size();
            size.had(page.items().size(), cursor == null || page.items().size() == asked);
            return new Part<>(page.items(), left == 0 || cursor == null);
        }
    }
}
