package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What compose.yaml starts is for this machine, with secrets from elsewhere. */
class ComposeTest {
    private static final JsonNode COMPOSE = ProjectFiles.yaml("compose.yaml");
    private static final JsonNode SERVICES = COMPOSE.path("services");
    private static final JsonNode ROSTER = SERVICES.path("roster");

    @Test
    void portsAreOfThisMachineOnly() {
        SERVICES.properties().stream()
                .flatMap(service -> ProjectFiles.each(service.getValue().path("ports")))
                .map(JsonNode::asText)
                .forEach(port -> assertTrue(port.startsWith("127.0.0.1:"), port));
    }

    @Test
    void everyServiceTellsItsHealth() {
        SERVICES.properties()
                .forEach(service ->
                        assertTrue(service.getValue().path("healthcheck").has("test"), service.getKey()));
        ROSTER.path("depends_on")
                .properties()
                .forEach(dependency -> assertEquals(
                        "service_healthy",
                        dependency.getValue().path("condition").asText()));
        Set<String> others = new TreeSet<>();
        SERVICES.fieldNames().forEachRemaining(others::add);
        others.remove("roster");
        assertEquals(others, Manifest.labels(ROSTER.path("depends_on")).keySet());
    }

    @Test
    void secretsComeFromTheEnvironment() {
        SERVICES.properties().stream()
                .flatMap(service -> service.getValue().path("environment").properties().stream())
                .filter(variable -> variable.getKey().matches(".*(PASSWORD|SECRET)$"))
                .map(Map.Entry::getValue)
                .forEach(value -> assertTrue(value.asText().matches("\\$\\{\\w+:\\?.*}"), value.asText()));
        JsonNode keys = ROSTER.at("/volumes/0");
        assertEquals(
                ROSTER.at("/environment/ROSTER_SIGNING_KEYS").asText(),
                keys.path("target").asText());
        assertTrue(keys.path("read_only").asBoolean());
        assertTrue(keys.path("source").asText().startsWith("./.secrets/"));
        List<String> ignored = ProjectFiles.text(".gitignore").lines().toList();
        assertTrue(ignored.containsAll(List.of(".env", ".secrets/")), "secrets are not committed");
    }

    @Test
    void theServiceIsAsRestrictedAsInKubernetes() {
        assertTrue(ROSTER.path("read_only").asBoolean());
        assertEquals("[\"ALL\"]", ROSTER.path("cap_drop").toString());
        assertEquals("[\"no-new-privileges:true\"]", ROSTER.path("security_opt").toString());
        JsonNode container = Manifest.of("Deployment", "roster").pod().at("/spec/containers/0");
        assertEquals(container.path("args"), ROSTER.path("command"));
        assertEquals(
                "${ROSTER_MEMORY:-"
                        + container.at("/resources/limits/memory").asText().replace("Mi", "m")
                        + "}",
                ROSTER.path("mem_limit").asText());
    }
}
