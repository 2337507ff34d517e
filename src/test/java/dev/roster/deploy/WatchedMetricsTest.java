package dev.roster.deploy;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts ask for metrics that the service has, with the labels that it gives them; alerts are explained. */
@QuarkusTest
class WatchedMetricsTest {
    private static final JsonNode RULES = ProjectFiles.yaml("deploy/prometheus/roster-rules.yaml");
    private static final JsonNode PANELS =
            ProjectFiles.yaml("deploy/grafana/roster.json").path("panels");

    /** A name with its selector, outside of the lists of labels. */
    private static final Pattern METRIC = Pattern.compile("\\b((?:roster|http|cache)_\\w+)(?:\\{([^}]*)})?");

    private static final Pattern LABEL = Pattern.compile("(\\w+) *[=!]");

    /** What Prometheus adds itself, and the dashboard's variables. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "namespace", "instance", "pod");

    /** Those that a service without standbys and without other issuers lacks. */
    private static final Set<String> SELDOM = Set.of("roster_db_standby", "roster_sign_ins_federated_total");

    /** A name, or one of the series of a time, and the labels of a line. */
    private static final Pattern LINE = Pattern.compile("(roster_\\w+?)(?:_(?:count|sum|max))?(?:\\{([^}]*)})? .*");

    /** A row of the table of metrics: the names in its first cell, the labels in its second. */
    private static final Pattern ROW = Pattern.compile("\\| (`(?:roster|http|cache)_[^|]*) \\|([^|]*)\\|[^|]*\\|");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void everyMetricIsThereWithItsLabels() {
        // Requests are counted from the first one on; what is seldom is there before
        given().get("/api/v1/users").then().statusCode(401);
        List<String> scraped = given().get(metrics).asString().lines().toList();
        List<String> queries = Stream.concat(
                        alerts().map(alert -> alert.path("expr").asText()),
                        ProjectFiles.each(PANELS)
                                .flatMap(panel -> ProjectFiles.each(panel.path("targets")))
                                .map(target -> target.path("expr").asText()))
                .toList();
        Set<String> missing = new TreeSet<>();
        for (String query : queries) {
            Matcher found = METRIC.matcher(query);
            assertFalse(query.isBlank());
            while (found.find()) {
                String labels = found.group(2) == null ? "" : found.group(2);
                if (scraped.stream().noneMatch(line -> isOf(line, found.group(1), labels))) {
                    missing.add(found.group());
                }
            }
        }
        missing.removeIf(query -> SELDOM.stream().anyMatch(query::startsWith));
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyMetricIsExplainedWithItsLabels() {
        Map<String, Set<String>> measured = new TreeMap<>();
        given().get(metrics)
                .asString()
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> measured.computeIfAbsent(line.group(1), metric -> new TreeSet<>())
                        .addAll(labels(line.group(2))));
        Map<String, Set<String>> explained = new TreeMap<>();
        ProjectFiles.text("docs/operate.md")
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> {
                    Set<String> labels = words(row.group(2));
                    words(row.group(1)).forEach(metric -> explained.put(metric, labels));
                });
        assertTrue(explained.keySet().containsAll(SELDOM));
        explained.keySet().removeIf(metric -> !metric.startsWith("roster_") || SELDOM.contains(metric));
        measured.keySet().removeAll(SELDOM);
        assertEquals(measured, explained);
    }

    @Test
    void everyAlertIsExplained() {
        List<String> explained = ProjectFiles.text("docs/operate.md")
                .lines()
                .filter(line -> line.startsWith("### Roster"))
                .map(line -> line.substring(4))
                .sorted()
                .toList();
        assertEquals(
                alerts().map(alert -> alert.path("alert").asText()).sorted().toList(), explained);
        alerts().forEach(alert -> {
            String name = alert.path("alert").asText();
            assertEquals(
                    "docs/operate.md#" + name.toLowerCase(Locale.ROOT),
                    alert.at("/annotations/runbook").asText());
        });
    }

    @Test
    void everyPanelHasAPlaceOfItsOwnAndSaysWhatItShows() {
        List<String> places = ProjectFiles.each(PANELS)
                .map(panel -> panel.at("/gridPos/x").asInt() + ","
                        + panel.at("/gridPos/y").asInt())
                .toList();
        assertEquals(places.size(), Set.copyOf(places).size());
        ProjectFiles.each(PANELS)
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .forEach(panel -> {
                    assertFalse(
                            panel.path("description").asText().isEmpty(),
                            panel.path("title").asText());
                    assertEquals("${datasource}", panel.at("/datasource/uid").asText());
                });
    }

    private static Set<String> labels(String selector) {
        return LABEL.matcher(selector == null ? "" : selector)
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> words(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOf(String line, String metric, String labels) {
        return line.matches(metric + "[{ ].*")
                && LABEL.matcher(labels)
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !OF_THE_SCRAPE.contains(label))
                        .allMatch(label -> line.contains(label + "=\""));
    }

    private static Stream<JsonNode> alerts() {
        return ProjectFiles.each(RULES.path("groups")).flatMap(group -> ProjectFiles.each(group.path("rules")));
    }
}
