package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every pod is as restricted as it can be, and takes no more than it was given. */
class PodsTest {
    private static final Path PATCH = ProjectFiles.KUBERNETES.resolve("overlays/citus/migration-patch.yaml");

    @Test
    void podsRunAsNobodyInParticular() {
        for (Manifest manifest : withPods()) {
            JsonNode pod = manifest.pod().path("spec");
            JsonNode security = pod.path("securityContext");
            assertTrue(security.path("runAsNonRoot").asBoolean(), manifest.toString());
            // Below are the users that nodes themselves have
            for (String id : List.of("runAsUser", "runAsGroup", "fsGroup")) {
                assertTrue(security.path(id).asInt() > 10_000, manifest + ": " + id);
            }
            assertEquals("RuntimeDefault", security.at("/seccompProfile/type").asText());
            assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
            assertFalse(pod.path("enableServiceLinks").asBoolean(true));
            assertEquals("roster", pod.path("serviceAccountName").asText());
            for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertTrue(pod.path(shared).isMissingNode(), shared);
            }
            ProjectFiles.each(pod.path("volumes"))
                    .forEach(v -> assertTrue(v.path("hostPath").isMissingNode(), v.toString()));
        }
        JsonNode account = Manifest.of("ServiceAccount", "roster").tree();
        assertFalse(account.path("automountServiceAccountToken").asBoolean(true));
    }

    @Test
    void containersGainNothingAndWriteNothing() {
        containers().forEach(container -> {
            JsonNode security = container.path("securityContext");
            String shown = container.path("name").asText() + ": " + security;
            assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true), shown);
            assertTrue(security.path("readOnlyRootFilesystem").asBoolean(), shown);
            assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString(), shown);
            assertTrue(security.at("/capabilities/add").isMissingNode(), shown);
            assertTrue(security.path("privileged").isMissingNode(), shown);
        });
    }

    @Test
    void namespacesEnforceIt() {
        assertTrue(Manifest.of("Namespace").findAny().isPresent());
        Manifest.of("Namespace")
                .forEach(namespace -> assertEquals(
                        "restricted",
                        namespace
                                .tree()
                                .at("/metadata/labels")
                                .path("pod-security.kubernetes.io/enforce")
                                .asText()));
    }

    @Test
    void containersSayWhatTheyTake() {
        containers().forEach(container -> {
            JsonNode resources = container.path("resources");
            assertTrue(bytes(resources.at("/requests/cpu")) > 0);
            for (String kind : List.of("memory", "ephemeral-storage")) {
                double requested = bytes(resources.path("requests").path(kind));
                double limit = bytes(resources.path("limits").path(kind));
                assertTrue(requested > 0 && requested <= limit, kind + ": " + resources);
            }
        });
    }

    @Test
    void schedulesSurviveABreak() {
        Manifest.of("CronJob")
                .forEach(schedule -> assertTrue(
                        schedule.spec().path("startingDeadlineSeconds").asInt() > 0, schedule.toString()));
    }

    @Test
    void theHeapLeavesRoomInTheContainer() {
        List<JsonNode> services = containers()
                .filter(c -> c.path("image").asText().startsWith("roster:"))
                .toList();
        assertEquals(2, services.size());
        for (JsonNode container : services) {
            String option = container.at("/args/0").asText();
            assertTrue(option.matches("-Xmx\\d+m"), option);
            double heap = Double.parseDouble(option.replaceAll("\\D", "")) * 1024 * 1024;
            assertTrue(heap <= 0.6 * bytes(container.at("/resources/limits/memory")), option);
        }
    }

    @Test
    void everyMountHasItsVolume() {
        for (Manifest manifest : withPods()) {
            JsonNode pod = manifest.pod().path("spec");
            List<String> volumes = ProjectFiles.each(pod.path("volumes"))
                    .map(volume -> volume.path("name").asText())
                    .toList();
            List<String> mounts = ProjectFiles.each(pod.path("containers"))
                    .flatMap(c -> ProjectFiles.each(c.path("volumeMounts")))
                    .map(mount -> mount.path("name").asText())
                    .toList();
            assertEquals(volumes, mounts, manifest.toString());
        }
    }

    static List<Manifest> withPods() {
        return Manifest.all().stream().filter(m -> !m.pod().isMissingNode()).toList();
    }

    /** The containers of all pods, and those that patches add. */
    static Stream<JsonNode> containers() {
        Stream<JsonNode> own =
                withPods().stream().flatMap(m -> ProjectFiles.each(m.pod().at("/spec/containers")));
        return Stream.concat(own, added());
    }

    private static Stream<JsonNode> added() {
        return ProjectFiles.each(ProjectFiles.yaml(PATCH))
                .filter(o -> o.path("path").asText().endsWith("/containers/-"))
                .map(operation -> operation.path("value"));
    }

    private static double bytes(JsonNode quantity) {
        String amount = quantity.asText("0");
        double number = Double.parseDouble(amount.replaceAll("[A-Za-z]", ""));
        return switch (amount.replaceAll("[0-9.]", "")) {
            case "Gi" -> number * 1024 * 1024 * 1024;
            case "Mi" -> number * 1024 * 1024;
            case "m" -> number / 1000;
            default -> number;
        };
    }
}
