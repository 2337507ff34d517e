package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.platform.database.DatabaseCheck;
import dev.roster.platform.health.EventLoopCheck;
import dev.roster.testing.ProjectFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replicas come and go without a lost request. */
class ReplicasTest {
    private static final JsonNode DEPLOYMENT =
            Manifest.of("Deployment", "roster").spec();
    private static final JsonNode POD = DEPLOYMENT.at("/template/spec");
    private static final JsonNode CONTAINER = POD.at("/containers/0");

    @Test
    void thereAreThreeApartFromEachOther() {
        assertEquals(3, DEPLOYMENT.path("replicas").asInt());
        List<String> apart = ProjectFiles.each(POD.path("topologySpreadConstraints"))
                .map(constraint -> constraint.path("topologyKey").asText())
                .toList();
        assertEquals(List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname"), apart);
    }

    @Test
    void noneGoesBeforeAnotherIsReady() {
        JsonNode strategy = DEPLOYMENT.path("strategy");
        assertEquals("RollingUpdate", strategy.path("type").asText());
        assertEquals(0, strategy.at("/rollingUpdate/maxUnavailable").asInt(-1));
        assertTrue(strategy.at("/rollingUpdate/maxSurge").asInt() >= 1);
    }

    @Test
    void healthIsAskedOnThePortOfItsOwn() {
        Map<String, String> paths = Map.of(
                "startupProbe", "/q/health/started",
                "livenessProbe", "/q/health/live",
                "readinessProbe", "/q/health/ready");
        paths.forEach((probe, path) -> {
            JsonNode request = CONTAINER.path(probe).path("httpGet");
            assertEquals(path, request.path("path").asText(), probe);
            assertEquals("management", request.path("port").asText(), probe);
        });
        assertEquals(9000, port("management"));
        assertEquals(8080, port("http"));
    }

    @Test
    void aProbeWaitsLongerThanItsChecks() {
        assertTrue(timeout("readinessProbe").compareTo(DatabaseCheck.PATIENCE) > 0);
        assertTrue(timeout("livenessProbe").compareTo(EventLoopCheck.PATIENCE) > 0);
    }

    @Test
    void aRestartIsSlowerThanAPause() {
        assertTrue(seconds("livenessProbe") > seconds("readinessProbe"));
        assertTrue(seconds("startupProbe") >= 60);
    }

    @Test
    void theEndIsLongEnoughForEverythingThatComesBefore() {
        int sleep = CONTAINER.at("/lifecycle/preStop/sleep/seconds").asInt();
        assertTrue(sleep >= 5, "endpoints are taken away within seconds");
        long delay = duration("ROSTER_SHUTDOWN_DELAY");
        assertTrue(delay >= 5, "only in this time are clients told to leave their connections");
        long requests = delay + duration("ROSTER_SHUTDOWN_TIMEOUT");
        int grace = POD.path("terminationGracePeriodSeconds").asInt();
        assertTrue(sleep + requests + 5 <= grace, sleep + " + " + requests + " of " + grace);
    }

    @Test
    void oneAtATimeCanBeTakenAway() {
        JsonNode budget = Manifest.of("PodDisruptionBudget", "roster").spec();
        assertEquals(1, budget.path("maxUnavailable").asInt());
        assertTrue(budget.path("minAvailable").isMissingNode());
    }

    @Test
    void theAutoscalerBeginsWhereTheDeploymentIs() {
        JsonNode scaler = Manifest.of("HorizontalPodAutoscaler", "roster").spec();
        assertEquals(
                DEPLOYMENT.path("replicas").asInt(), scaler.path("minReplicas").asInt());
        assertTrue(
                scaler.path("maxReplicas").asInt() > scaler.path("minReplicas").asInt());
        assertEquals("Deployment", scaler.at("/scaleTargetRef/kind").asText());
        assertEquals("roster", scaler.at("/scaleTargetRef/name").asText());
        assertEquals("cpu", scaler.at("/metrics/0/resource/name").asText());
        assertTrue(CONTAINER.at("/resources/requests").has("cpu"), "it counts in requests");
    }

    @Test
    void onlyTheJobMigrates() {
        assertEquals("off", value(CONTAINER, "ROSTER_MIGRATE"));
        JsonNode job = Manifest.of("Job", "roster-migration").pod().at("/spec/containers/0");
        assertEquals("only", value(job, "ROSTER_MIGRATE"));
    }

    private static long duration(String variable) {
        JsonNode base = ProjectFiles.yaml(ProjectFiles.KUBERNETES.resolve("base/kustomization.yaml"));
        return Duration.parse("PT" + KustomizationsTest.literal(base, variable)).toSeconds();
    }

    private static String value(JsonNode container, String name) {
        return ProjectFiles.each(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
    }

    private static int port(String name) {
        return ProjectFiles.each(CONTAINER.path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    private static Duration timeout(String probe) {
        return Duration.ofSeconds(CONTAINER.path(probe).path("timeoutSeconds").asInt());
    }

    private static int seconds(String probe) {
        JsonNode settings = CONTAINER.path(probe);
        return settings.path("periodSeconds").asInt()
                * settings.path("failureThreshold").asInt();
    }
}
