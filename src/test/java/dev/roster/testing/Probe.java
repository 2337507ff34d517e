package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks the management port for health, as the platform does, and knows the whole answers; and for
 * metrics.
 */
public final class Probe {
    private static final Map<String, Set<String>> CHECKS = Map.of(
            "live", Set.of("event loop"),
            "ready", Set.of("Graceful Shutdown", "database", "keys", "migrations"),
            "started", Set.of("start"));
    private static final Duration HANGS = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String NONE = "no answer";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI health;
    private final URI metrics;

    /** Of a service by the root of its management port, with a slash at the end. */
    public Probe(URI management) {
        health = management.resolve("health/");
        metrics = management.resolve("metrics");
    }

    /** The status of an answer; 0 where nobody listens. */
    public int status(String kind) throws InterruptedException {
        try {
            return ask(kind).statusCode();
        } catch (IOException closed) {
            return 0;
        }
    }

    /** Fails unless this is the whole answer: every check by its name, up but for these. */
    public void assertAnswer(String kind, String... down) throws InterruptedException {
        assertEquals(expected(kind, Set.of(down)), answer(kind));
    }

    /** Waits until this is the whole answer; fails, showing both, if it does not come. */
    public void await(String kind, String... down) throws InterruptedException {
        String expected = expected(kind, Set.of(down));
        long end = System.nanoTime() + SOON.toNanos();
        String seen = answer(kind);
        while (!seen.equals(expected) && System.nanoTime() < end) {
            Thread.sleep(50);
            seen = answer(kind);
        }
        assertEquals(expected, seen);
    }

    /** The value of a metric without labels; not a number where there is none. */
    public double metric(String name) {
        try {
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String expected(String kind, Set<String> down) {
        Map<String, String> checks = new TreeMap<>();
        for (String check : CHECKS.get(kind)) {
            checks.put(check, down.contains(check) ? "DOWN" : "UP");
        }
        return down.isEmpty() ? "200 UP " + checks : "503 DOWN " + checks;
    }

    private String answer(String kind) throws InterruptedException {
        try {
            HttpResponse<String> answer = ask(kind);
            return answer.statusCode() + " " + content(answer.body());
        } catch (IOException closed) {
            return NONE;
        }
    }

    /** In a few words; what has more or other members than documented stays as it is. */
    private static String content(String body) throws JsonProcessingException {
        JsonNode answer = new ObjectMapper().readTree(body);
        Map<String, String> checks = new TreeMap<>();
        for (JsonNode check : answer.path("checks")) {
            if (!members(check).equals(Set.of("name", "status"))) {
                return body;
            }
            checks.put(check.get("name").asText(), check.get("status").asText());
        }
        return members(answer).equals(Set.of("status", "checks"))
                ? answer.get("status").asText() + " " + checks
                : body;
    }

    private static Set<String> members(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private HttpResponse<String> ask(String kind) throws IOException, InterruptedException {
        HttpRequest question =
                HttpRequest.newBuilder(health.resolve(kind)).timeout(HANGS).build();
        return http.send(question, BodyHandlers.ofString());
    }
}
