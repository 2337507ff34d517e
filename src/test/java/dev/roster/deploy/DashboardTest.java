package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard asks for metrics that the service has. */
class DashboardTest {
    private static final JsonNode DASHBOARD = ProjectFiles.yaml("deploy/grafana/roster.json");

    private static final String SOURCES = ProjectFiles.below(Path.of("src/main/java")).stream()
            .map(ProjectFiles::text)
            .collect(Collectors.joining());

    @Test
    void itsOwnMetricsAreRegistered() {
        List<String> own = queries()
                .flatMap(q -> Pattern.compile("\\broster_[a-z_]+").matcher(q).results())
                .map(found -> found.group())
                .distinct()
                .toList();
        assertFalse(own.isEmpty());
        own.forEach(metric -> assertTrue(isRegistered(metric), metric));
    }

    @Test
    void everyPanelAsksSomethingInAPlaceOfItsOwn() {
        panels().forEach(panel -> {
            String title = panel.path("title").asText();
            assertFalse(title.isEmpty());
            if (!panel.path("type").asText().equals("row")) {
                assertFalse(panel.path("targets").isEmpty(), title);
                assertFalse(panel.path("description").asText().isEmpty(), title);
                assertEquals("${datasource}", panel.at("/datasource/uid").asText(), title);
            }
        });
        assertEquals(
                panels().count(),
                panels().map(p -> p.path("id").asInt()).distinct().count());
        assertEquals(
                panels().count(),
                panels().map(p -> p.at("/gridPos/x").asInt() + ","
                                + p.at("/gridPos/y").asInt())
                        .distinct()
                        .count());
    }

    /** Prometheus writes roster.some.thing as roster_some_thing, with the unit behind it. */
    static boolean isRegistered(String metric) {
        String name = metric.replaceAll("_(total|seconds|bytes|count|sum|max|bucket)(?=_|$)", "");
        return Pattern.compile("\"(roster[a-z._-]+)\"")
                .matcher(SOURCES)
                .results()
                .map(found -> found.group(1).replaceAll("[.-]", "_"))
                .anyMatch(registered -> registered.equals(name) || registered.equals(metric));
    }

    private static Stream<String> queries() {
        return panels().flatMap(panel -> ProjectFiles.each(panel.path("targets")))
                .map(target -> target.path("expr").asText());
    }

    private static Stream<JsonNode> panels() {
        return ProjectFiles.each(DASHBOARD.path("panels"));
    }
}
