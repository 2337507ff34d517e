package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Images are of a version, run as nobody in particular, and say what they are. */
class ImagesTest {
    /** A tag that says a version, if only that of the JDK, or a digest. */
    private static final Pattern PINNED = Pattern.compile(".+(:[^:/]*[0-9][^:/]*|@sha256:[0-9a-f]{64})");

    private static final List<Path> DOCKERFILES = ProjectFiles.in("src/main/docker");

    @Test
    void manifestsNameVersions() {
        Stream<JsonNode> images = Stream.concat(
                PodsTest.containers().map(container -> container.path("image")),
                Manifest.of("Cluster").map(cluster -> cluster.spec().path("imageName")));
        images.map(JsonNode::asText).forEach(ImagesTest::checkPinned);
        KustomizationsTest.kustomizations()
                .flatMap(manifest -> ProjectFiles.each(manifest.tree().path("images")))
                .forEach(image -> checkPinned("roster:" + image.path("newTag").asText()));
    }

    @Test
    void rosterHasOneVersionEverywhere() {
        Matcher pom =
                Pattern.compile("<version>([0-9.]+)(?:-SNAPSHOT)?</version>").matcher(ProjectFiles.text("pom.xml"));
        assertTrue(pom.find());
        Stream<String> manifests = PodsTest.containers()
                .map(container -> container.path("image").asText())
                .filter(image -> image.startsWith("roster:"))
                .map(image -> image.substring("roster:".length()));
        Stream<String> overlays = KustomizationsTest.kustomizations()
                .flatMap(manifest -> ProjectFiles.each(manifest.tree().path("images")))
                .map(image -> image.path("newTag").asText());
        Stream<String> documented = matches(Path.of("docs/kubernetes.md"), "(?:/roster:|refs/tags/v)([0-9][^\\s`]*)")
                .map(found -> found.group(1));
        Stream<String> chart = Stream.of("version", "appVersion")
                .map(name -> ProjectFiles.yaml("deploy/helm/roster/Chart.yaml")
                        .path(name)
                        .asText());
        List<String> versions = Stream.of(manifests, overlays, documented, chart)
                .flatMap(all -> all)
                .toList();
        assertEquals(9, versions.size(), "the base 2, overlays 3, cosign 2, the chart 2");
        assertEquals(Set.of(pom.group(1)), Set.copyOf(versions));
    }

    @Test
    void composeNamesVersions() {
        ProjectFiles.yaml("compose.yaml").path("services").properties().forEach(service -> {
            String image = service.getValue().path("image").asText();
            if (!service.getValue().has("build")) {
                checkPinned(image);
            }
        });
    }

    @Test
    void dockerfilesNameVersions() {
        assertEquals(4, DOCKERFILES.size());
        for (Path file : DOCKERFILES) {
            matches(file, "(?m)^FROM (\\S+)").forEach(from -> checkPinned(from.group(1)));
        }
    }

    @Test
    void imagesRunAsAUserWithoutRights() {
        for (Path file : DOCKERFILES) {
            List<String> users = lastStage(file)
                    .lines()
                    .filter(line -> line.startsWith("USER "))
                    .toList();
            assertEquals(List.of("USER 0", "USER 10001"), users, file.toString());
            assertFalse(lastStage(file).contains("--chown"), file + ": it could replace itself");
            assertTrue(lastStage(file).contains("\nUSER 0\nWORKDIR /roster\n"), file.toString());
            assertTrue(lastStage(file).contains("\nEXPOSE 8080 9000\n"), file.toString());
            assertTrue(lastStage(file).contains("\nENTRYPOINT [\""), file + ": no shell");
        }
    }

    @Test
    void imagesSayWhatTheyAre() {
        for (Path file : DOCKERFILES) {
            for (String label : List.of("title", "description", "licenses", "source", "version", "revision")) {
                assertTrue(lastStage(file).contains("org.opencontainers.image." + label + "=\""), file + ": " + label);
            }
        }
    }

    @Test
    void imagesHoldNoSecret() {
        for (Path file : DOCKERFILES) {
            matches(file, "(?im)^\\s*(ENV|ARG|LABEL).*(password|secret|token|key)")
                    .forEach(found -> assertEquals("", found.group(), file.toString()));
        }
    }

    @Test
    void whatIsCopiedIsNotIgnored() {
        List<String> kept = ProjectFiles.text(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1).replaceAll("/$", ""))
                .toList();
        Stream<String> copied = DOCKERFILES.stream()
                .flatMap(file -> matches(file, "(?m)^COPY (?!.*--from)(.*) \\S+$"))
                .flatMap(copy -> Stream.of(copy.group(1).split(" ")))
                .filter(word -> !word.startsWith("--"))
                .map(source -> source.replaceAll("/$", ""));
        assertEquals(kept.stream().sorted().toList(), copied.distinct().sorted().toList());
        assertTrue(ProjectFiles.text(".dockerignore").lines().anyMatch("*"::equals));
        kept.stream()
                .filter(path -> !path.startsWith("target"))
                .forEach(path -> assertTrue(Files.exists(Path.of(path)), path));
    }

    static void checkPinned(String image) {
        assertTrue(PINNED.matcher(image).matches(), image);
        assertFalse(image.endsWith(":latest"), image);
    }

    private static Stream<MatchResult> matches(Path file, String pattern) {
        return Pattern.compile(pattern).matcher(ProjectFiles.text(file)).results();
    }

    private static String lastStage(Path file) {
        String text = ProjectFiles.text(file);
        return text.substring(text.lastIndexOf("\nFROM "));
    }
}
