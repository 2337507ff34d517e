package dev.roster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.roster.api.Pieces.Frame;
import dev.roster.platform.http.LargeAnswers;
import dev.roster.platform.paging.Part;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Sends lists piece by piece, as fast as the client takes them, in constant memory. The first piece leaves with the first rows,
 * so a database that is away is still answered with its status.
 */
@Singleton
public class ListAnswers {
    private final ObjectWriter json;
    private final Request request;
    private final LargeAnswers answers;

    ListAnswers(ObjectMapper json, Request request, LargeAnswers answers) {
        this.request = request;
        this.answers = answers;
        this.json = json.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    }

    /** A bare array. */
    public <T> RestMulti<byte[]> array(Multi<Part<T>> parts, Function<T, ?> body) {
        return array("[", parts, body, () -> "]");
    }

    /**
     * An array in something.
     *
     * @param start what the answer begins with, the bracket of the array included
     * @param end what it ends with; asked for when the last part is there
     */
    public <T> RestMulti<byte[]> array(String start, Multi<Part<T>> parts, Function<T, ?> body, Supplier<String> end) {
        AtomicBoolean started = new AtomicBoolean();
        Multi<byte[]> pieces = parts.onItem().transformToMultiAndConcatenate(part -> {
            String first = started.getAndSet(true) ? (part.items().isEmpty() ? "" : ",") : start;
            Frame frame = new Frame(first, ",", ",", part.isLast() ? end.get() : "");
            return Pieces.of(json, part.items(), body, frame);
        });
        return send(pieces, MediaType.APPLICATION_JSON);
    }

    /** A JSON value a line. */
    public <T> RestMulti<byte[]> lines(Multi<List<T>> parts, Function<T, ?> body, String type) {
        return lines(parts, body, "", type);
    }

    /**
     * A JSON value, or a text as it stands, a line.
     *
     * @param body of an item; a {@link RawValue} is a text
     * @param end what each line ends with before its line feed
     */
    public <T> RestMulti<byte[]> lines(Multi<List<T>> parts, Function<T, ?> body, String end, String type) {
        // The server ends each piece with a line feed
        Frame frame = new Frame("", end + "\n", end, end);
        return send(
                parts.filter(part -> !part.isEmpty())
                        .onItem()
                        .transformToMultiAndConcatenate(part -> Pieces.of(json, part, body, frame)),
                type);
    }

    /** Whether nothing but the head of the answer is asked for. */
    public boolean isHead() {
        return HttpMethod.HEAD.equals(request.getMethod());
    }

    /** A value as it stands in an answer. */
    public String write(Object item) {
        try {
            return json.writeValueAsString(item);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
    }

    // Asked by HEAD no further than for the status, and without a body (RFC 9110 section 9.3.2)
    private RestMulti<byte[]> send(Multi<byte[]> pieces, String type) {
        return RestMulti.fromMultiData(
                        isHead() ? pieces.select().first().filter(piece -> false) : answers.follow(pieces))
                .header(HttpHeaders.CONTENT_TYPE, type)
                .encodeAsJsonArray(false)
                .build();
    }
}
