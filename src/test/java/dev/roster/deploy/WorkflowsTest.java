package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Workflows run what the repository has, with actions that cannot change under them. */
class WorkflowsTest {
    private static final List<Path> FILES = ProjectFiles.in(".github/workflows");
    private static final Pattern USES = Pattern.compile("uses: *(\\S+)(.*)");

    @Test
    void actionsArePinnedToCommits() {
        for (Path file : FILES) {
            ProjectFiles.text(file)
                    .lines()
                    .map(USES::matcher)
                    .filter(line -> line.find())
                    .forEach(line -> {
                        assertTrue(line.group(1).matches("[\\w.-]+(/[\\w.-]+)+@[0-9a-f]{40}"), line.group());
                        assertTrue(line.group(2).matches(" # v\\d+\\.\\d+\\.\\d+"), line.group());
                    });
        }
    }

    @Test
    void anActionHasOneVersion() {
        Map<String, List<String>> versions = FILES.stream()
                .flatMap(file -> ProjectFiles.text(file).lines())
                .map(USES::matcher)
                .filter(line -> line.find())
                .map(line -> line.group(1))
                .distinct()
                .collect(Collectors.groupingBy(action -> action.replaceAll("@.*", "")));
        versions.values().forEach(commits -> assertEquals(1, commits.size(), commits.toString()));
    }

    @Test
    void nothingIsAllowedUnlessAJobSaysSo() {
        for (Path file : FILES) {
            JsonNode permissions = ProjectFiles.yaml(file).path("permissions");
            assertEquals("{\"contents\":\"read\"}", permissions.toString(), file.toString());
        }
        assertEquals(
                Map.of("check", 0, "image", 2, "publish", 3),
                jobs(Path.of(".github/workflows/release.yml"))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                job -> job.getValue().path("permissions").size())));
    }

    @Test
    void jobsEnd() {
        for (Path file : FILES) {
            jobs(file)
                    .forEach(job ->
                            assertTrue(job.getValue().path("timeout-minutes").asInt() > 0, file + ": " + job.getKey()));
        }
    }

    @Test
    void theCredentialsOfTheCheckoutDoNotStay() {
        for (Path file : FILES) {
            steps(file)
                    .filter(step -> step.path("uses").asText().startsWith("actions/checkout@"))
                    .forEach(step ->
                            assertFalse(step.at("/with/persist-credentials").asBoolean(true), file.toString()));
        }
    }

    @Test
    void changesAreTestedByTheScriptsOfTheRepository() {
        String pullRequest = runs("pull-request.yml");
        assertTrue(Stream.of(".ci/run", ".ci/files", ".ci/deploy").allMatch(pullRequest::contains));
        for (String workflow : List.of("native.yml", "release.yml")) {
            String commands = runs(workflow);
            assertTrue(Stream.of(".ci/native", ".ci/image", ".ci/smoke").allMatch(commands::contains), workflow);
        }
        assertFalse(pullRequest.contains("mvnw"), "what is run here is run there");
    }

    @Test
    void everyDockerfileIsBuiltAndTried() {
        String commands = runs("native.yml");
        for (Path file : ProjectFiles.in("src/main/docker")) {
            String kind = file.getFileName().toString().replace("Dockerfile.", "");
            boolean shipped = kind.equals("native-micro");
            String image = shipped ? "roster:ci" : "roster:" + kind;
            String build = ".ci/image " + image + (shipped ? "" : " " + kind);
            assertTrue(commands.lines().anyMatch(build::equals), build);
            assertTrue(commands.lines().anyMatch((".ci/smoke " + image)::equals), image);
        }
    }

    @Test
    void everyDocumentIsLookedIntoForAPathOfItsOwn() {
        Map<String, String> paths = Pattern.compile(" ([a-z0-9-]+):(/\\w[\\w/]*)")
                .matcher(ProjectFiles.text(".ci/smoke"))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        List<Path> documents = ProjectFiles.below(Path.of("src/main/resources/openapi"), ".yaml");
        assertEquals(documents.size(), paths.size(), paths.toString());
        for (Path document : documents) {
            String path = paths.getOrDefault(document.getParent().getFileName().toString(), "");
            assertTrue(ProjectFiles.text(document).contains("\n  " + path + ":\n"), document + " " + path);
        }
    }

    @Test
    void whatImagesAreMadeOfIsBuiltWhenItChanges() {
        List<String> paths = ProjectFiles.each(
                        ProjectFiles.yaml(".github/workflows/native.yml").at("/on/pull_request/paths"))
                .map(JsonNode::asText)
                .toList();
        for (String path : List.of(".ci/**", ".dockerignore", ".mvn/**", "mvnw", "pom.xml")) {
            assertTrue(paths.contains(path), path);
        }
        assertTrue(paths.contains("src/main/docker/**"), paths.toString());
    }

    @Test
    void scriptsCanBeRun() {
        Stream<Path> scripts = FILES.stream()
                .flatMap(WorkflowsTest::steps)
                .flatMap(step -> step.path("run").asText().lines())
                .flatMap(line -> Pattern.compile("\\.ci/\\w+").matcher(line).results())
                .map(found -> Path.of(found.group()));
        scripts.distinct().forEach(script -> assertTrue(Files.isExecutable(script), script.toString()));
    }

    private static String runs(String workflow) {
        return steps(Path.of(".github/workflows", workflow))
                .map(step -> step.path("run").asText())
                .collect(Collectors.joining("\n"));
    }

    private static Stream<JsonNode> steps(Path file) {
        return jobs(file).flatMap(job -> ProjectFiles.each(job.getValue().path("steps")));
    }

    private static Stream<Map.Entry<String, JsonNode>> jobs(Path file) {
        return ProjectFiles.yaml(file).path("jobs").properties().stream();
    }
}
