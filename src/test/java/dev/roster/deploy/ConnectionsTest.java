package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.nio.file.Path;
import java.time.Duration;
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

    /** One more in a rollout, and one that still ends, which a Deployment does not count. */
    private static final int BESIDES =
            DEPLOYMENT.at("/strategy/rollingUpdate/maxSurge").asInt() + 1;

    @Test
    void theBaseFitsIntoADatabaseAsInstalled() {
        check(DEPLOYMENT.path("replicas").asInt(), pool("base"), DEFAULT_MAXIMUM);
    }

    @Test
    void theNextGoesOnlyWhenTheFormerHasHadItsTimeToEnd() {
        int sleep = DEPLOYMENT
                .at("/template/spec/containers/0/lifecycle/preStop/sleep/seconds")
                .asInt();
        long end = sleep
                + Duration.parse("PT" + literal("base", "ROSTER_SHUTDOWN_DELAY"))
                        .toSeconds();
        assertTrue(DEPLOYMENT.path("minReadySeconds").asInt() > end);
    }

    @Test
    void theAutoscalerFitsIntoADatabaseAsInstalled() {
        check(mostReplicas(), pool("components/autoscaling"), DEFAULT_MAXIMUM);
    }

    /** A component sets it over its overlay. */
    @Test
    void theAutoscalerFitsIntoTheDatabaseOfTheOperator() {
        JsonNode cluster = Manifest.of("Cluster", "roster-database").spec();
        int maximum = cluster.at("/postgresql/parameters/max_connections").asInt();
        check(mostReplicas(), pool("components/autoscaling"), maximum);
    }

    private static void check(int replicas, int pool, int maximum) {
        int running = replicas + BESIDES;
        int taken = running * (pool + 1) + MIGRATION;
        int allowed = maximum - SUPERUSERS;
        assertTrue(taken <= allowed, taken + " of " + allowed);
        String sum = "| %d + %d | %d | %d × %d + %d = %d of %d |"
                .formatted(replicas, BESIDES, pool, running, pool + 1, MIGRATION, taken, allowed);
        assertTrue(ProjectFiles.text("docs/kubernetes.md").contains(sum), sum);
    }

    private static int mostReplicas() {
        return Manifest.of("HorizontalPodAutoscaler", "roster")
                .spec()
                .path("maxReplicas")
                .asInt();
    }

    private static int pool(String folder) {
        return Integer.parseInt(literal(folder, "ROSTER_DB_POOL_SIZE"));
    }

    private static String literal(String folder, String variable) {
        Path kustomization = ProjectFiles.KUBERNETES.resolve(folder).resolve("kustomization.yaml");
        return KustomizationsTest.literal(ProjectFiles.yaml(kustomization), variable);
    }
}
