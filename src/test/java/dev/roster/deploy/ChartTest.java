package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Helm chart is what the manifests make of it; .ci/deploy compares what both of them say. */
class ChartTest {
    private static final Path CHART = Path.of("deploy/helm/roster");
    private static final Path TEMPLATES = CHART.resolve("templates");
    private static final List<String> BY_HAND = List.of("_helpers.tpl", "config-map.yaml");

    @TempDir
    Path made;

    @Test
    void templatesAreThoseThatTheScriptMakes() throws Exception {
        Process script = new ProcessBuilder("bash", "deploy/helm/make", made.toString())
                .inheritIO()
                .start();
        assertEquals(0, script.waitFor());
        List<String> expected = new ArrayList<>(BY_HAND);
        for (Path template : ProjectFiles.below(made)) {
            String name = template.getFileName().toString();
            expected.add(name);
            assertEquals(Files.readString(template), ProjectFiles.text(TEMPLATES.resolve(name)), name);
        }
        assertEquals(
                expected.stream().sorted().toList(),
                ProjectFiles.below(TEMPLATES).stream()
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList());
    }

    @Test
    void everyValueThatATemplateAsksForHasADefault() {
        JsonNode values = ProjectFiles.yaml(CHART.resolve("values.yaml"));
        for (Path template : ProjectFiles.below(TEMPLATES)) {
            Pattern.compile("\\.Values\\.([A-Za-z.]+)")
                    .matcher(ProjectFiles.text(template))
                    .results()
                    .map((MatchResult value) -> "/" + value.group(1).replace('.', '/'))
                    .forEach(value -> assertTrue(
                            values.at(value).isValueNode() || values.at(value).isContainerNode(),
                            template + " asks for " + value));
        }
    }
}
