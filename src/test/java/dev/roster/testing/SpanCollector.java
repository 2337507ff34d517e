package dev.roster.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * Takes the spans that a service exports, over gRPC as over HTTP. Reads them by the field numbers
 * of {@code opentelemetry/proto/trace/v1/trace.proto}.
 */
public final class SpanCollector implements AutoCloseable {
    private static final String GRPC = "application/grpc";
    // A flag and the length, before each message
    private static final int GRPC_PREFIX = 5;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

    /**
     * A span, with ids in hexadecimal as in a {@code traceparent}.
     *
     * @param resource attributes of the service that are texts
     * @param path what it was sent to
     * @param authorization what the service has said who it is
     */
    public record Span(
            String traceId,
            String id,
            String parentId,
            String name,
            Map<String, String> resource,
            String path,
            String authorization) {}

    /** Listens from now on. */
    public SpanCollector() {
        server = vertx.createHttpServer().requestHandler(request -> request.bodyHandler(b -> take(request, b)));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} names. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** All that has come. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The first span of this kind, as soon as it is there. */
    public Span await(Predicate<Span> wanted) {
        Eventually.holds(() -> spans.stream().anyMatch(wanted), () -> "only these came: " + spans);
        return spans.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void take(HttpServerRequest request, Buffer body) {
        boolean grpc = GRPC.equals(request.getHeader("Content-Type"));
        Message export = Message.of(body.getBytes(grpc ? GRPC_PREFIX : 0, body.length()));
        for (Message service : export.messages(1)) {
            Map<String, String> resource = attributes(service.messages(1).get(0));
            for (Message scope : service.messages(2)) {
                for (Message span : scope.messages(2)) {
                    spans.add(new Span(
                            span.hex(1),
                            span.hex(2),
                            span.hex(4),
                            span.text(5),
                            resource,
                            request.path(),
                            request.getHeader("Authorization")));
                }
            }
        }
        if (grpc) {
            request.response().putHeader("Content-Type", GRPC).putTrailer("grpc-status", "0");
            request.response().end(Buffer.buffer(new byte[GRPC_PREFIX]));
        } else {
            request.response()
                    .putHeader("Content-Type", "application/x-protobuf")
                    .end();
        }
    }

    private static Map<String, String> attributes(Message resource) {
        Map<String, String> attributes = new TreeMap<>();
        for (Message attribute : resource.messages(1)) {
            attributes.put(attribute.text(1), attribute.messages(2).get(0).text(1));
        }
        return attributes;
    }

    /** A message of which only the numbers of the fields are known. */
    private record Message(UnknownFieldSet fields) {
        static Message of(byte[] bytes) {
            try {
                return new Message(UnknownFieldSet.parseFrom(bytes));
            } catch (InvalidProtocolBufferException malformed) {
                throw new IllegalStateException(malformed);
            }
        }

        List<Message> messages(int field) {
            return values(field).stream().map(value -> of(value.toByteArray())).toList();
        }

        String hex(int field) {
            return HexFormat.of().formatHex(first(field).toByteArray());
        }

        String text(int field) {
            return first(field).toStringUtf8();
        }

        private ByteString first(int field) {
            return values(field).isEmpty() ? ByteString.EMPTY : values(field).get(0);
        }

        private List<ByteString> values(int field) {
            return new ArrayList<>(fields.getField(field).getLengthDelimitedList());
        }
    }
}
