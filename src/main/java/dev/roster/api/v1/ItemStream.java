package dev.roster.api.v1;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.paging.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Sends lists as {@code {"items": […]}}: a page in one piece, a whole list page by page in constant
 * memory.
 */
@Singleton
public class ItemStream {
    /** One JSON value a line. */
    static final String LINES = "application/x-ndjson";

    private static final String START = "{\"items\":[";
    private static final String END = "]}";

    private final ObjectMapper json;

    ItemStream(ObjectMapper json) {
        this.json = json;
    }

    /** The page that is asked for, or everything where none is. */
    <T> RestMulti<byte[]> list(Listing<T> listing, PageQuery query, Function<T, ?> body) {
        return list(Uni.createFrom().item(listing), query, body);
    }

    <T> RestMulti<byte[]> list(Uni<Listing<T>> listing, PageQuery query, Function<T, ?> body) {
        Integer limit = query.pageSize();
        String cursor = query.place();
        return limit == null
                ? all(listing.onItem().transformToMulti(Listing::stream), body)
                : page(listing.chain(found -> found.page(cursor, limit)), body);
    }

    /** The page that is asked for, or everything where none is, an item a line. */
    <T> RestMulti<byte[]> lines(Listing<T> listing, PageQuery query, Function<T, ?> body) {
        Integer limit = query.pageSize();
        String cursor = query.place();
        Multi<List<T>> parts = limit == null
                ? listing.stream()
                : listing.page(cursor, limit).map(Page::items).toMulti();
        return lines(parts, body);
    }

    /** What comes in parts, an item a line. */
    <T> RestMulti<byte[]> lines(Multi<List<T>> parts, Function<T, ?> body) {
        // The server ends each piece with a line feed
        return answer(
                parts.filter(part -> !part.isEmpty()).map(part -> part.stream()
                        .map(item -> write(body.apply(item)))
                        .collect(joining("\n"))),
                LINES);
    }

    /** One page, with the cursor of the next. */
    private <T> RestMulti<byte[]> page(Uni<Page<T>> page, Function<T, ?> body) {
        return answer(page.map(found -> write(ItemsBody.of(found.map(body)))).toMulti(), MediaType.APPLICATION_JSON);
    }

    /**
     * Everything, as fast as the client takes it. The first piece leaves with the first rows, so a
     * database that is away is still answered with its status.
     */
    private <T> RestMulti<byte[]> all(Multi<List<T>> pages, Function<T, ?> body) {
        AtomicBoolean started = new AtomicBoolean();
        Multi<String> items = pages.map(page -> page.stream()
                .map(item -> write(body.apply(item)))
                .collect(joining(",", started.getAndSet(true) ? "," : START, "")));
        Multi<String> end = Multi.createFrom().item(() -> started.get() ? END : START + END);
        return answer(Multi.createBy().concatenating().streams(items, end), MediaType.APPLICATION_JSON);
    }

    private static RestMulti<byte[]> answer(Multi<String> pieces, String type) {
        return RestMulti.fromMultiData(pieces.map(piece -> piece.getBytes(StandardCharsets.UTF_8)))
                .header(HttpHeaders.CONTENT_TYPE, type)
                .encodeAsJsonArray(false)
                .build();
    }

    private String write(Object item) {
        try {
            return json.writeValueAsString(item);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
    }
}
