package dev.roster.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.Paths;
import org.jboss.jandex.AnnotationInstance;

/**
 * Shows the operations of a contract where its clients know them. A document has one operation for
 * a method of a path, so one that two contracts share is told apart by the scheme of the second as
 * the fragment, which no client sends.
 */
final class SharedPaths {
    private final Contracts contracts;
    private final Paths paths;

    SharedPaths(Contracts contracts, OpenAPI document) {
        this.contracts = contracts;
        this.paths = document.getPaths();
    }

    void publish() {
        for (AnnotationInstance contract : contracts.all()) {
            String servedAt = contracts.value(contract, "servedAt");
            if (!servedAt.isEmpty()) {
                List.copyOf(paths.getPathItems().keySet()).stream()
                        .filter(path -> path.equals(servedAt) || path.startsWith(servedAt + "/"))
                        .forEach(path -> publish(contract, path));
            }
        }
    }

    private void publish(AnnotationInstance contract, String internalPath) {
        String below = internalPath.substring(contracts.value(contract, "servedAt").length());
        String path = contracts.value(contract, "path") + below;
        Map<HttpMethod, Operation> operations = paths.getPathItem(internalPath).getOperations();
        paths.removePathItem(internalPath);
        operations.forEach(
                (verb, operation) -> {
                    String shown =
                            isTaken(path, verb)
                                    ? path + "#" + contracts.value(contract, "scheme")
                                    : path;
                    item(shown).setOperation(verb, operation);
                });
    }

    private PathItem item(String path) {
        if (!paths.hasPathItem(path)) {
            paths.addPathItem(path, OASFactory.createPathItem());
        }
        return paths.getPathItem(path);
    }

    private boolean isTaken(String path, HttpMethod verb) {
        return paths.getPathItems().entrySet().stream()
                .filter(item -> shape(item.getKey()).equals(shape(path)))
                .anyMatch(item -> item.getValue().getOperations().containsKey(verb));
    }

    // Paths that differ in the names of their parameters only are the same.
    private static List<String> shape(String path) {
        List<String> shape = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            shape.add(segment.startsWith("{") ? "{}" : segment);
        }
        return shape;
    }
}
