package dev.roster.api.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Finds the method behind each operation of the document. */
final class Endpoints {
    private final IndexView index;
    private final Contracts contracts;

    Endpoints(IndexView index, Contracts contracts) {
        this.index = index;
        this.contracts = contracts;
    }

    /** All of them; the scanner left "class_method" as the id of each operation. */
    List<Endpoint> of(OpenAPI document) {
        List<Endpoint> endpoints = new ArrayList<>();
        document.getPaths()
                .getPathItems()
                .forEach(
                        (path, item) ->
                                item.getOperations()
                                        .forEach(
                                                (verb, operation) ->
                                                        endpoints.add(
                                                                endpoint(path, verb, operation))));
        return endpoints;
    }

    private Endpoint endpoint(String shownPath, HttpMethod verb, Operation operation) {
        MethodInfo method = method(shownPath, operation);
        String[] path = shownPath.split("#", 2);
        Set<String> schemes = new LinkedHashSet<>();
        if (path.length == 1) {
            schemes.add("Bearer");
        }
        AnnotationInstance contract = contracts.of(method).orElse(null);
        if (contract != null) {
            schemes.add(contracts.value(contract, "scheme"));
        }
        return new Endpoint(path[0], verb, operation, method, contract, schemes);
    }

    private MethodInfo method(String path, Operation operation) {
        String id = operation.getOperationId();
        if (id == null) {
            throw new IllegalStateException("a documented path without a resource: " + path);
        }
        int split = id.lastIndexOf('_');
        ClassInfo resource = index.getClassByName(DotName.createSimple(id.substring(0, split)));
        return resource.methods().stream()
                .filter(method -> method.name().equals(id.substring(split + 1)))
                .filter(Endpoint::isEndpoint)
                .findFirst()
                .orElseThrow();
    }
}
