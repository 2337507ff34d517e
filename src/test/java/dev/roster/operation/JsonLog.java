package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The log of a packaged service, in which every line is an object with what is documented. */
final class JsonLog {
    private static final Set<String> DOCUMENTED = Set.of("timestamp", "level", "loggerName", "message", "mdc");

    private JsonLog() {}

    /** All lines; fails if one is anything else. */
    static List<JsonNode> lines(Replica replica) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : replica.log().lines().toList()) {
            JsonNode entry = new ObjectMapper().readTree(line);
            DOCUMENTED.forEach(field -> assertTrue(entry.hasNonNull(field), line));
            lines.add(entry);
        }
        return lines;
    }

    /** The only line of ours about a request. */
    static JsonNode line(Replica replica, String requestId) throws IOException {
        List<JsonNode> lines = lines(replica).stream()
                .filter(line -> line.get("loggerName").asText().startsWith("dev.roster."))
                .filter(line -> requestId.equals(context(line).get("request_id")))
                .toList();
        assertEquals(1, lines.size(), replica.log());
        return lines.get(0);
    }

    /** What a line says of the request that it belongs to. */
    static Map<String, String> context(JsonNode line) {
        Map<String, String> context = new TreeMap<>();
        line.get("mdc")
                .properties()
                .forEach(field -> context.put(field.getKey(), field.getValue().asText()));
        return context;
    }
}
