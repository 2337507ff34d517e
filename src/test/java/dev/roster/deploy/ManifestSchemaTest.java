package dev.roster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every object for Kubernetes has the fields of its kind, of their types, and no others. */
class ManifestSchemaTest {
    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 CronJob", CronJob.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            Map.entry("kustomize.config.k8s.io/v1alpha1 Component", Kustomization.class),
            Map.entry("kustomize.config.k8s.io/v1beta1 Kustomization", Kustomization.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class));

    /** Of the CloudNativePG operator, for which there is no model: a schema checks what is used. */
    private static final String WITHOUT_MODEL = "postgresql.cnpg.io/v1 Cluster";

    private static final JsonSchema CLUSTER = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(ProjectFiles.text("src/test/resources/cnpg-cluster.schema.json"));

    /** The classes keep what they do not know; without that, what they do not know is refused. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @TestFactory
    Stream<DynamicTest> isOfItsKind() {
        return Manifest.all().stream().map(manifest -> dynamicTest(manifest.toString(), () -> check(manifest)));
    }

    /** Patches bring whole containers and volumes, which belong to no object yet. */
    @TestFactory
    Stream<DynamicTest> whatPatchesAddIsOfItsKind() {
        return PodsTest.added("containers", "volumes")
                .map(operation -> dynamicTest(operation.at("/value/name").asText(), () -> checkAdded(operation)));
    }

    @Test
    void patchesAddSomethingToCheck() {
        assertEquals(2, PodsTest.added("containers", "volumes").count());
    }

    /** That of the operator has some hundred fields more. */
    @Test
    void theClusterHasNoFieldButThoseThatTheOperatorKnows() {
        JsonNode cluster = Manifest.of("Cluster", "roster-database").tree();
        Set<ValidationMessage> wrong = CLUSTER.validate(cluster);
        assertTrue(wrong.isEmpty(), wrong.toString());
    }

    @Test
    void aMisspeltFieldWouldBeFound() {
        assertEquals(
                "Unrecognized field \"privilegd\"",
                refusal("{\"spec\": {\"containers\": [{\"securityContext\": {\"privilegd\":" + " 1}}]}}"));
        assertTrue(refusal("{\"spec\": {\"containers\": [{\"ports\": [{\"containerPort\": \"a\"}]}]}}")
                .startsWith("Cannot deserialize value of type `java.lang.Integer`"));
    }

    private static void check(Manifest manifest) throws JsonProcessingException {
        String kind = manifest.tree().path("apiVersion").asText() + " " + manifest.kind();
        if (kind.equals(WITHOUT_MODEL)) {
            return;
        }
        assertTrue(KINDS.containsKey(kind), kind);
        STRICT.treeToValue(manifest.tree(), KINDS.get(kind));
    }

    private static void checkAdded(JsonNode operation) throws JsonProcessingException {
        boolean container = operation.path("path").asText().endsWith("/containers/-");
        Class<?> kind = container ? Container.class : Volume.class;
        STRICT.treeToValue(operation.path("value"), kind);
    }

    private static String refusal(String pod) {
        try {
            STRICT.readValue(pod, io.fabric8.kubernetes.api.model.Pod.class);
            return "";
        } catch (JsonProcessingException refused) {
            return refused.getOriginalMessage().replaceAll("(?s) \\(class .*", "");
        }
    }
}
