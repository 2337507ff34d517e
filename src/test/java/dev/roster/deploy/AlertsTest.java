package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alerts ask for metrics that there are, and each is explained. */
class AlertsTest {
    private static final JsonNode RULES = ProjectFiles.yaml("deploy/prometheus/roster-rules.yaml");
    private static final Pattern METRIC = Pattern.compile("\\b(roster_[a-z_]+|http_[a-z_]+|up)\\b(?=[{\\[)]| ==)");
    private static final Set<String> OF_OTHERS = Set.of("http_server_requests_seconds_count", "up");

    @Test
    void everyMetricIsRegistered() {
        alerts().forEach(alert -> {
            String expression = alert.path("expr").asText();
            List<String> metrics =
                    METRIC.matcher(expression).results().map(MatchResult::group).toList();
            assertFalse(metrics.isEmpty(), expression);
            metrics.stream()
                    .filter(metric -> !OF_OTHERS.contains(metric))
                    .forEach(metric -> assertTrue(DashboardTest.isRegistered(metric), metric));
        });
    }

    @Test
    void everyAlertIsExplained() {
        String documentation = ProjectFiles.text("docs/operate.md");
        alerts().forEach(alert -> {
            String name = alert.path("alert").asText();
            assertTrue(documentation.contains("\n### " + name + "\n"), name);
            assertEquals(
                    "docs/operate.md#" + name.toLowerCase(java.util.Locale.ROOT),
                    alert.at("/annotations/runbook").asText());
            assertFalse(alert.at("/annotations/summary").asText().isEmpty(), name);
            assertTrue(
                    Set.of("critical", "warning")
                            .contains(alert.at("/labels/severity").asText()),
                    name);
        });
        assertEquals(
                alerts().count(),
                documentation
                        .lines()
                        .filter(line -> line.startsWith("### Roster"))
                        .count());
    }

    private static Stream<JsonNode> alerts() {
        return ProjectFiles.each(RULES.path("groups")).flatMap(group -> ProjectFiles.each(group.path("rules")));
    }
}
