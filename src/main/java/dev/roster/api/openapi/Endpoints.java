package dev.roster.api.openapi;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Finds the method behind each operation of the document. */
final class Endpoints {
    private final IndexView index;

    Endpoints(IndexView index) {
        this.index = index;
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
                                                (verb, operation) -> {
                                                    MethodInfo method = method(path, operation);
                                                    endpoints.add(
                                                            new Endpoint(
                                                                    path,
                                                                    verb,
                                                                    operation,
                                                                    method,
                                                                    contract(method)));
                                                }));
        return endpoints;
    }

    /** The contracts as tags. */
    List<Tag> contracts() {
        return index.getAnnotations(Contract.class).stream()
                .map(
                        contract ->
                                OASFactory.createTag()
                                        .name(contract.value("name").asString())
                                        .description(contract.value("description").asString()))
                .toList();
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

    private AnnotationInstance contract(MethodInfo method) {
        String resourcePackage = method.declaringClass().name().packagePrefix();
        return index.getAnnotations(Contract.class).stream()
                .filter(
                        named ->
                                named.target()
                                        .asClass()
                                        .name()
                                        .packagePrefix()
                                        .equals(resourcePackage))
                .findFirst()
                .orElse(null);
    }
}
