package dev.roster.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One object among the files for Kubernetes. */
record Manifest(Path file, JsonNode tree) {

    /** All of them, with the kustomizations, without the patches. */
    static List<Manifest> all() {
        return ProjectFiles.below(ProjectFiles.KUBERNETES).stream()
                .filter(file -> file.toString().endsWith(".yaml"))
                .flatMap(file -> ProjectFiles.documents(file).stream()
                        .filter(JsonNode::isObject)
                        .map(tree -> new Manifest(file, tree)))
                .toList();
    }

    static Stream<Manifest> of(String kind) {
        return all().stream().filter(manifest -> manifest.kind().equals(kind));
    }

    static Manifest of(String kind, String name) {
        List<Manifest> found = of(kind).filter(manifest -> manifest.name().equals(name))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects are " + kind + " " + name);
        }
        return found.get(0);
    }

    String kind() {
        return tree.path("kind").asText();
    }

    String name() {
        return tree.path("metadata").path("name").asText();
    }

    JsonNode spec() {
        return tree.path("spec");
    }

    /** The labels at a place, or the equalities that a selector there asks for. */
    static Map<String, String> labels(JsonNode labels) {
        return labels.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .asText()));
    }

    /** The pod that this makes; missing where it makes none. */
    JsonNode pod() {
        return switch (kind()) {
            case "Deployment", "Job" -> spec().path("template");
            case "CronJob" -> spec().at("/jobTemplate/spec/template");
            default -> spec().path("no pod");
        };
    }

    @Override
    public String toString() {
        return kind() + " " + name() + " in " + file;
    }
}
