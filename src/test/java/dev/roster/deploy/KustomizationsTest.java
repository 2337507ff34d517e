package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is left over beside the kustomizations, and overlays say what is theirs. */
class KustomizationsTest {
    /** Shows what to make by other means. */
    private static final Path EXAMPLE = ProjectFiles.KUBERNETES.resolve("secrets.example.yaml");

    @Test
    void everyFileIsPartOfAnOverlayOrComponent() {
        Set<Path> reached = new TreeSet<>();
        Stream.of("overlays", "components")
                .flatMap(KustomizationsTest::in)
                .forEach(manifest -> reach(manifest.file(), reached));
        Set<Path> present = new TreeSet<>(ProjectFiles.below(ProjectFiles.KUBERNETES));
        present.remove(EXAMPLE);
        assertEquals(present, reached);
    }

    @Test
    void whatOneCanTakeIsInTheDocumentation() {
        List<String> listed = ProjectFiles.text("docs/kubernetes.md")
                .lines()
                .filter(line -> line.matches("(components|overlays)/.*  .*"))
                .flatMap(line -> entries(line.replaceAll("  .*", "")))
                .sorted()
                .toList();
        List<String> present = Stream.of("overlays", "components")
                .flatMap(KustomizationsTest::in)
                .map(manifest -> manifest.file().getParent())
                .map(folder -> ProjectFiles.KUBERNETES.relativize(folder).toString())
                .sorted()
                .toList();
        assertEquals(present, listed);
    }

    @Test
    void everyPatchHasATarget() {
        kustomizations()
                .flatMap(manifest -> ProjectFiles.each(manifest.tree().path("patches")))
                .map(patch -> patch.path("target"))
                .forEach(target -> Manifest.of(
                        target.path("kind").asText(), target.path("name").asText()));
    }

    @Test
    void everyOverlayNamesItsOwnImageAddressAndDatabase() {
        for (Manifest overlay : in("overlays").toList()) {
            JsonNode image = overlay.tree().at("/images/0");
            assertEquals("roster", image.path("name").asText());
            assertTrue(image.path("newName").asText().contains("/"), overlay.toString());
            List<String> literals = literals(overlay.tree()).toList();
            assertTrue(literals.stream().anyMatch(l -> l.startsWith("ROSTER_ISSUER=https://")), overlay.toString());
            assertTrue(
                    literals.stream().anyMatch(l -> l.matches("ROSTER_DB_URL=postgresql://.*sslmode=.*")),
                    overlay.toString());
        }
    }

    private static Stream<Manifest> in(String folder) {
        Path parent = ProjectFiles.KUBERNETES.resolve(folder);
        return kustomizations().filter(manifest -> manifest.file().startsWith(parent));
    }

    /** Two entries may share a line, as in {@code components/ingress, gateway}. */
    private static Stream<String> entries(String line) {
        String[] kindAndNames = line.split("/", 2);
        return Stream.of(kindAndNames[1].split(", ")).map(name -> kindAndNames[0] + "/" + name);
    }

    static Stream<Manifest> kustomizations() {
        return Stream.of("Kustomization", "Component").flatMap(Manifest::of);
    }

    /** The variables of generated ConfigMaps, as {@code NAME=value}. */
    static Stream<String> literals(JsonNode kustomization) {
        return ProjectFiles.each(kustomization.path("configMapGenerator"))
                .flatMap(generator -> ProjectFiles.each(generator.path("literals")))
                .map(JsonNode::asText);
    }

    static String literal(JsonNode kustomization, String variable) {
        return literals(kustomization)
                .filter(literal -> literal.startsWith(variable + "="))
                .map(literal -> literal.substring(variable.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static void reach(Path file, Set<Path> reached) {
        if (reached.add(file) && file.endsWith("kustomization.yaml")) {
            references(new Manifest(file, ProjectFiles.yaml(file))).forEach(path -> reach(file(path), reached));
        }
    }

    private static Stream<Path> references(Manifest manifest) {
        JsonNode tree = manifest.tree();
        Stream<JsonNode> listed = Stream.of(
                        ProjectFiles.each(tree.path("resources")),
                        ProjectFiles.each(tree.path("components")),
                        ProjectFiles.each(tree.path("patches")).map(p -> p.path("path")),
                        ProjectFiles.each(tree.path("configMapGenerator"))
                                .flatMap(g -> ProjectFiles.each(g.path("files"))))
                .flatMap(nodes -> nodes);
        return listed.filter(JsonNode::isTextual)
                .map(node -> manifest.file().resolveSibling(node.asText()).normalize());
    }

    private static Path file(Path path) {
        return Files.isDirectory(path) ? path.resolve("kustomization.yaml") : path;
    }
}
