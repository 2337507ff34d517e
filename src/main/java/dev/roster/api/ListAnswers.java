package dev.roster.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.roster.platform.paging.Part;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Sends lists part by part, as fast as the client takes them, in constant memory. The first piece leaves with the first rows,
 * so a database that is away is still answered with its status.
 */
@Singleton
public class ListAnswers {
    // Some thirty users with two groups each
    private static final int USUAL_SIZE = 16_384;

    private final ObjectWriter json;
    private final Request request;

    ListAnswers(ObjectMapper json, Request request) {
        this.request = request;
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
        return send(
                parts.map(part -> {
                    String first = started.getAndSet(true) ? (part.items().isEmpty() ? "" : ",") : start;
                    return written(part.items(), body, ",", first, part.isLast() ? end.get() : "");
                }),
                MediaType.APPLICATION_JSON);
    }

    /** A JSON value a line. */
    public <T> RestMulti<byte[]> lines(Multi<List<T>> parts, Function<T, ?> body, String type) {
        // The server ends each piece with a line feed
        return send(parts.filter(part -> !part.isEmpty()).map(part -> written(part, body, "\n", "", "")), type);
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

    private <T> byte[] written(List<T> items, Function<T, ?> body, String between, String start, String end) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(USUAL_SIZE);
        try {
            piece.write(start.getBytes(StandardCharsets.UTF_8));
            try (SequenceWriter values = json.withRootValueSeparator(between).writeValues(piece)) {
                for (T item : items) {
                    values.write(body.apply(item));
                }
            }
            piece.write(end.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
        return piece.toByteArray();
    }

    /** What comes in pieces, as it stands; asked by HEAD no further than for the status, and without a body (RFC 9110 section 9.3.2). */
    public RestMulti<byte[]> send(Multi<byte[]> pieces, String type) {
        return RestMulti.fromMultiData(isHead() ? pieces.select().first().filter(piece -> false) : pieces)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .encodeAsJsonArray(false)
                .build();
    }
}
