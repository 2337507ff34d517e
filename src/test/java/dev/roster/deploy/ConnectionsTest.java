package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.platform.database.PoolSettings;
import dev.roster.testing.ProjectFiles;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL has connections for as many replicas as there can be, and the documentation says so.
 */
class ConnectionsTest {
    private static final int DEFAULT_MAXIMUM = 100;
    private static final int SUPERUSERS = 3;
    private static final int MIGRATION = 3;
    private static final JsonNode DEPLOYMENT =
            Manifest.of("Deployment", "roster").spec();
    private static final int SURGE =
            DEPLOYMENT.at("/strategy/rollingUpdate/maxSurge").asInt();

    @Test
    void theBaseFitsIntoADatabaseAsInstalled() throws NoSuchMethodException {
        int pool = Integer.parseInt(PoolSettings.class
                .getMethod("size")
                .getAnnotation(WithDefault.class)
                .value());
        check(DEPLOYMENT.path("replicas").asInt(), pool, DEFAULT_MAXIMUM);
    }

    @Test
    void theAutoscalerFitsIntoADatabaseAsInstalled() {
        check(mostReplicas(), pool(), DEFAULT_MAXIMUM);
    }

    /** A component sets it over its overlay. */
    @Test
    void theAutoscalerFitsIntoTheDatabaseOfTheOperator() {
        JsonNode cluster = Manifest.of("Cluster", "roster-database").spec();
        int maximum = cluster.at("/postgresql/parameters/max_connections").asInt();
        check(mostReplicas(), pool(), maximum);
    }

    private static void check(int replicas, int pool, int maximum) {
        int running = replicas + SURGE;
        int taken = running * (pool + 1) + MIGRATION;
        int allowed = maximum - SUPERUSERS;
        assertTrue(taken <= allowed, taken + " of " + allowed);
        String sum = "| %d + %d | %d | %d × %d + %d = %d of %d |"
                .formatted(replicas, SURGE, pool, running, pool + 1, MIGRATION, taken, allowed);
        assertTrue(ProjectFiles.text("docs/kubernetes.md").contains(sum), sum);
    }

    private static int mostReplicas() {
        return Manifest.of("HorizontalPodAutoscaler", "roster")
                .spec()
                .path("maxReplicas")
                .asInt();
    }

    private static int pool() {
        Path autoscaling = ProjectFiles.KUBERNETES.resolve("components/autoscaling");
        return KustomizationsTest.literals(ProjectFiles.yaml(autoscaling.resolve("kustomization.yaml")))
                .filter(literal -> literal.startsWith("ROSTER_DB_POOL_SIZE="))
                .mapToInt(literal -> Integer.parseInt(literal.replaceAll(".*=", "")))
                .findFirst()
                .orElseThrow();
    }
}
