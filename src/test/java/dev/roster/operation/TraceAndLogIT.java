package dev.roster.operation;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Beside;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import dev.roster.testing.SpanCollector;
import dev.roster.testing.SpanCollector.Span;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request leaves in traces and in the log of the packaged service. */
@Beside
class TraceAndLogIT {
    private static final String ME = "/api/v1/users/me";
    private static final String CALLER = "b7ad6b7169203331";

    @TempDir
    static Path folder;

    private static Path keys;
    private static KillableDatabase database;
    private static DatabaseProxy proxy;

    @BeforeAll
    static void start() throws Exception {
        PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("key");
        String secret = key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
        keys = Files.writeString(folder.resolve("keys.json"), "{\"keys\":[" + secret + "]}");
        database = KillableDatabase.migrated(folder.resolve("database"));
        proxy = new DatabaseProxy("localhost", database.port());
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"grpc, /opentelemetry.proto.collector.trace.v1.TraceService/Export", "http/protobuf, /v1/traces"})
    void whenTracingIsOnThenTheTraceOfTheCallerGoesOnToTheLog(String protocol, String path) throws Exception {
        try (SpanCollector collector = new SpanCollector();
                Replica replica = startTraced(collector, protocol)) {
            String token = replica.adminToken();
            String answered = trace();
            assertEquals(200, get(replica, token, answered, "answered").statusCode());
            Span request = collector.await(span -> span.traceId().equals(answered) && isFirst(span));
            assertEquals("GET " + ME, request.name());
            assertEquals(path, request.path());
            assertEquals("Basic dGVzdA==", request.authorization());
            assertEquals("directory", request.resource().get("service.name"));
            assertEquals("test", request.resource().get("deployment.environment.name"));
            Span statement = collector.await(span -> span.parentId().equals(request.id()));
            assertEquals(answered, statement.traceId());

            String failed = trace();
            proxy.refuse();
            assertEquals(503, get(replica, token, failed, "failed").statusCode());
            Span failure = collector.await(span -> span.traceId().equals(failed) && isFirst(span));
            JsonNode line = JsonLog.line(replica, "failed");
            assertEquals("WARN", line.get("level").asText());
            assertEquals(
                    Map.ofEntries(
                            entry("request_id", "failed"),
                            entry("traceId", failed),
                            entry("spanId", failure.id()),
                            entry("parentId", CALLER),
                            entry("sampled", "true")),
                    JsonLog.context(line));
            assertEquals(
                    Set.of(answered, failed),
                    collector.spans().stream().map(Span::traceId).collect(Collectors.toSet()),
                    "traces begun here are not kept");
        } finally {
            proxy.restore();
        }
    }

    @Test
    void whenTracingIsNotSwitchedOnThenNothingIsExportedAndTheLogNamesTheRequest() throws Exception {
        try (SpanCollector collector = new SpanCollector()) {
            try (Replica replica = start(collector)) {
                String token = replica.adminToken();
                assertEquals(200, get(replica, token, trace(), "answered").statusCode());
                proxy.refuse();
                // An outage is one line of the log a minute
                JsonNode named = JsonLog.line(replica, assertNamed(replica, token, "Aa0._:/+=-", true));
                assertEquals(Map.of("request_id", "Aa0._:/+=-"), JsonLog.context(named));
                assertNamed(replica, token, "x".repeat(128), true);
                assertNamed(replica, token, "x".repeat(129), false);
                assertNamed(replica, token, "forged\",\"level\":\"ERROR", false);
                assertNamed(replica, token, "forged\tnext", false);
                assertFalse(replica.log().contains("forged"), replica.log());
                assertTrue(
                        JsonLog.lines(replica).stream()
                                .anyMatch(line -> JsonLog.context(line).isEmpty()),
                        "what belongs to no request names none");
            } finally {
                proxy.restore();
            }
            assertEquals(List.of(), collector.spans()); // the end sends what is left
        }
    }

    private static String assertNamed(Replica replica, String token, String id, boolean taken) throws Exception {
        HttpResponse<String> answer = get(replica, token, trace(), id);
        assertEquals(503, answer.statusCode());
        String named = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertEquals(taken, named.equals(id), named);
        assertEquals(named, Replica.member(answer.body(), "request_id"));
        return named;
    }

    private static Replica startTraced(SpanCollector collector, String protocol) throws Exception {
        return start(
                collector,
                "otel.sdk.disabled=false",
                "otel.exporter.otlp.protocol=" + protocol,
                "otel.exporter.otlp.headers=Authorization=Basic dGVzdA==",
                "otel.traces.sampler.arg=0.0",
                "otel.service.name=directory",
                "otel.resource.attributes=deployment.environment.name=test");
    }

    // Not embedded: that start writes to people, beside the log
    private static Replica start(SpanCollector collector, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "roster.embedded=false",
                "roster.signing-keys=" + keys,
                "otel.exporter.otlp.endpoint=" + collector.url()));
        all.addAll(List.of(settings));
        String url = "postgresql://localhost:" + proxy.port() + "/postgres";
        return Replica.start(url, folder, all.toArray(String[]::new));
    }

    private static HttpResponse<String> get(Replica to, String token, String trace, String id) throws Exception {
        String parent = "00-" + trace + "-" + CALLER + "-01";
        return to.get(ME, token, "traceparent", parent, "X-Request-Id", id);
    }

    private static String trace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static boolean isFirst(Span span) {
        return span.parentId().equals(CALLER);
    }
}
