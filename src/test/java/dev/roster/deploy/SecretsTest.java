package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pods take from Secrets is in the example, and the example is nothing but one. */
class SecretsTest {
    private static final Path EXAMPLE = ProjectFiles.KUBERNETES.resolve("secrets.example.yaml");

    /** The keys of each Secret. */
    private static final Map<String, Set<String>> SECRETS = ProjectFiles.documents(EXAMPLE).stream()
            .collect(Collectors.toMap(
                    secret -> secret.at("/metadata/name").asText(),
                    secret -> new TreeSet<>(
                            Manifest.labels(secret.path("stringData")).keySet())));

    @Test
    void everyReferenceIsToAKeyOfTheExample() {
        Set<String> used = PodsTest.containers()
                .flatMap(container -> ProjectFiles.each(container.path("env")))
                .map(variable -> variable.at("/valueFrom/secretKeyRef"))
                .filter(JsonNode::isObject)
                .map(ref -> ref.path("name").asText() + "/" + ref.path("key").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        PodsTest.containers()
                .flatMap(container -> ProjectFiles.each(container.path("env")))
                .filter(v -> v.path("name").asText().equals("ROSTER_SIGNING_KEYS"))
                .map(v -> Path.of(v.path("value").asText()).getFileName().toString())
                .forEach(file -> used.add("roster-signing-keys/" + file));
        Set<String> shown = SECRETS.entrySet().stream()
                .flatMap(secret -> secret.getValue().stream().map(k -> secret.getKey() + "/" + k))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(shown, used);
    }

    @Test
    void theVolumeOfTheKeysIsThatSecret() {
        JsonNode volume = Manifest.of("Deployment", "roster").pod().at("/spec/volumes/0/secret");
        assertTrue(SECRETS.containsKey(volume.path("secretName").asText()));
        assertEquals(0440, volume.path("defaultMode").asInt());
    }

    @Test
    void theDatabaseOfTheOperatorTakesTheSameSecret() {
        JsonNode cluster = Manifest.of("Cluster", "roster-database").spec();
        assertTrue(
                SECRETS.containsKey(cluster.at("/bootstrap/initdb/secret/name").asText()));
    }

    @Test
    void noFileHasASecretInIt() {
        Stream<String> values = ProjectFiles.documents(EXAMPLE).stream()
                .flatMap(secret -> Manifest.labels(secret.path("stringData")).entrySet().stream())
                .filter(entry -> !Set.of("username", "id").contains(entry.getKey()))
                .map(Map.Entry::getValue);
        assertEquals(Set.of("REPLACE-ME"), values.collect(Collectors.toSet()));
        assertEquals(3, Manifest.of("Secret").count(), "Secrets are made by other means");
        assertTrue(PodsTest.containers()
                .flatMap(container -> ProjectFiles.each(container.path("env")))
                .filter(v -> v.path("name").asText().matches(".*(PASSWORD|SECRET)$"))
                .allMatch(variable -> variable.path("value").isMissingNode()));
    }
}
