package dev.roster.api.openapi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.MethodInfo;

/**
 * An operation of the document with the method that serves it.
 *
 * @param contract what {@link Contract} says about the package; null for one without
 */
record Endpoint(
        String path,
        HttpMethod verb,
        Operation operation,
        MethodInfo method,
        AnnotationInstance contract) {

    private static final String JSON = "application/json";

    /** Gives the operation its id and its tag. */
    void identify() {
        String resource = method.declaringClass().simpleName().replaceFirst("Resource$", "");
        String contractPackage =
                method.declaringClass().name().packagePrefixName().withoutPackagePrefix();
        operation.setOperationId(contractPackage + resource + "_" + method.name());
        if (contract != null) {
            operation.addTag(contract.value("name").asString());
        }
    }

    boolean isVersioned() {
        return method.hasAnnotation(Versioned.class);
    }

    /** Whether a precondition can fail: there is a version that it can name. */
    boolean isConditional() {
        return isVersioned() && (isRead() || path.contains("}"));
    }

    boolean isRead() {
        return verb == HttpMethod.GET;
    }

    /** The scopes of which one is needed; empty where nobody has to sign in. */
    List<String> permissions() {
        AnnotationInstance permissions =
                method.declaredAnnotation(io.quarkus.security.PermissionsAllowed.class);
        return permissions == null ? List.of() : List.of(permissions.value().asStringArray());
    }

    boolean isSecured() {
        return !permissions().isEmpty();
    }

    boolean hasBody() {
        return operation.getRequestBody() != null;
    }

    boolean hasJsonBody() {
        return hasBody() && operation.getRequestBody().getContent().hasMediaType(JSON);
    }

    boolean hasParameter(String name) {
        return parameters().stream().anyMatch(parameter -> name.equals(parameter.getName()));
    }

    boolean hasParameters() {
        return parameters().stream()
                .anyMatch(parameter -> parameter.getIn() != Parameter.In.HEADER);
    }

    /** An annotation of the method. */
    Optional<AnnotationInstance> annotation(Class<?> type) {
        return Optional.ofNullable(method.declaredAnnotation(type.getName()));
    }

    /** The statuses below 400. */
    List<String> successes() {
        return operation.getResponses().getAPIResponses().keySet().stream()
                .filter(status -> status.compareTo("400") < 0)
                .toList();
    }

    private List<Parameter> parameters() {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    static boolean isEndpoint(MethodInfo method) {
        return Arrays.stream(HttpMethod.values())
                .anyMatch(verb -> method.hasDeclaredAnnotation("jakarta.ws.rs." + verb.name()));
    }
}
