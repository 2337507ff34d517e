package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.ProjectFiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who reaches whom: selectors find the pods they are meant for, and ports have one number. */
class ReachTest {
    private static final Manifest DEPLOYMENT = Manifest.of("Deployment", "roster");
    private static final Map<String, String> SERVICE =
            Manifest.labels(DEPLOYMENT.pod().at("/metadata/labels"));

    @Test
    void selectorsFindTheReplicasAndNoOtherPod() {
        Stream<JsonNode> selectors = Stream.of(
                        Stream.of(DEPLOYMENT.spec().at("/selector/matchLabels")),
                        Manifest.of("Service").map(s -> s.spec().path("selector")),
                        Stream.of(Manifest.of("PodDisruptionBudget", "roster")
                                .spec()
                                .at("/selector/matchLabels")),
                        ProjectFiles.each(DEPLOYMENT.pod().at("/spec/topologySpreadConstraints"))
                                .map(c -> c.at("/labelSelector/matchLabels")))
                .flatMap(nodes -> nodes);
        selectors.map(Manifest::labels).forEach(selector -> {
            assertTrue(SERVICE.entrySet().containsAll(selector.entrySet()), selector.toString());
            jobs().forEach(labels ->
                    assertFalse(labels.entrySet().containsAll(selector.entrySet()), selector.toString()));
        });
    }

    @Test
    void everyPodHasANetworkPolicyForBothDirections() {
        Stream.concat(Stream.of(SERVICE), jobs())
                .forEach(pod -> assertTrue(
                        policies().stream()
                                .anyMatch(policy -> isFor(policy, pod)
                                        && policy.spec().path("policyTypes").size() == 2),
                        pod.toString()));
    }

    @Test
    void metricsAreForPrometheusOnly() {
        for (Manifest policy : policies()) {
            ProjectFiles.each(policy.spec().path("ingress"))
                    .filter(rule -> rule.path("ports").toString().contains("9000"))
                    .forEach(rule -> assertEquals(
                            "[{\"namespaceSelector\":{\"matchLabels\":"
                                    + "{\"kubernetes.io/metadata.name\":"
                                    + "\"monitoring\"}}}]",
                            rule.path("from").toString()));
            ProjectFiles.each(policy.spec().path("ingress"))
                    .forEach(rule -> assertFalse(rule.path("ports").isEmpty(), policy.toString()));
        }
    }

    /** A cache on the node is no pod, and the name server of OpenShift listens on another port. */
    @Test
    void namesAreResolvedWhereverTheServerRuns() {
        Stream.concat(Stream.of(SERVICE), jobs()).forEach(pod -> {
            Set<String> open = openTo(pod);
            assertTrue(open.containsAll(Set.of("UDP 53", "TCP 53", "UDP 5353", "TCP 5353")), open.toString());
            assertTrue(open.contains("TCP 5432"), "the database");
        });
    }

    @Test
    void componentsOpenWhatTheyNeedToTheReplicasAlone() {
        Map<String, Set<String>> ports = Map.of(
                "roster-mail", Set.of("TCP 587"),
                "roster-trusted-issuers", Set.of("TCP 443"),
                "roster-tracing", Set.of("TCP 4317", "TCP 4318"));
        ports.forEach((name, needed) -> {
            Manifest policy = Manifest.of("NetworkPolicy", name);
            assertEquals(needed, openedBy(policy), name);
            assertTrue(isFor(policy, SERVICE), name);
            assertFalse(jobs().anyMatch(job -> isFor(policy, job)), name);
        });
    }

    @Test
    void servicesLeadToPortsOfTheContainer() {
        Map<String, Integer> ports = Map.of("http", 8080, "management", 9000);
        Manifest.of("Service")
                .flatMap(service -> ProjectFiles.each(service.spec().path("ports")))
                .forEach(port -> {
                    String target = port.path("targetPort").asText();
                    assertEquals(ports.get(target), port.path("port").asInt(), target);
                    assertEquals(target, port.path("name").asText());
                });
    }

    @Test
    void whatComesFromOutsideGoesToTheService() {
        JsonNode path = Manifest.of("Ingress", "roster").spec().at("/rules/0/http/paths/0");
        assertEquals("roster", path.at("/backend/service/name").asText());
        assertEquals("http", path.at("/backend/service/port/name").asText());
        JsonNode backend = Manifest.of("HTTPRoute", "roster").spec().at("/rules/0/backendRefs/0");
        assertEquals("roster", backend.path("name").asText());
        assertEquals(8080, backend.path("port").asInt());
    }

    @Test
    void theMonitorFindsTheManagementPort() {
        JsonNode monitor = Manifest.of("ServiceMonitor", "roster").spec();
        Map<String, String> selector = Manifest.labels(monitor.at("/selector/matchLabels"));
        List<Manifest> found = Manifest.of("Service")
                .filter(service -> Manifest.labels(service.tree().at("/metadata/labels"))
                        .entrySet()
                        .containsAll(selector.entrySet()))
                .toList();
        assertEquals(1, found.size());
        assertEquals(
                found.get(0).spec().at("/ports/0/name").asText(),
                monitor.at("/endpoints/0/port").asText());
        assertEquals("/q/metrics", monitor.at("/endpoints/0/path").asText());
    }

    /** What a pod may call at every address. */
    private static Set<String> openTo(Map<String, String> pod) {
        return policies().stream()
                .filter(policy -> isFor(policy, pod))
                .flatMap(policy -> openedBy(policy).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> openedBy(Manifest policy) {
        return ProjectFiles.each(policy.spec().path("egress"))
                .filter(rule -> !rule.has("to"))
                .flatMap(rule -> ProjectFiles.each(rule.path("ports")))
                .map(port ->
                        port.path("protocol").asText() + " " + port.path("port").asInt())
                .collect(Collectors.toSet());
    }

    private static Stream<Map<String, String>> jobs() {
        return PodsTest.withPods().stream()
                .filter(manifest -> !manifest.kind().equals("Deployment"))
                .map(manifest -> Manifest.labels(manifest.pod().at("/metadata/labels")));
    }

    private static List<Manifest> policies() {
        return Manifest.of("NetworkPolicy").toList();
    }

    private static boolean isFor(Manifest policy, Map<String, String> pod) {
        return pod.entrySet()
                .containsAll(Manifest.labels(policy.spec().at("/podSelector/matchLabels"))
                        .entrySet());
    }
}
