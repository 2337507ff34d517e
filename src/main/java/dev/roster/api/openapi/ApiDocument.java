package dev.roster.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/**
 * Completes the OpenAPI document while the service is built: what the declarations of resources and
 * records already say is read from them and never repeated.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
    private final IndexView index;

    public ApiDocument(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Endpoints endpoints = new Endpoints(index);
        RecordSchemas schemas = new RecordSchemas(index);
        ItemLists lists = new ItemLists(schemas);
        DocumentedErrors errors = new DocumentedErrors(schemas, ErrorRenderers.of(index));

        schemas.complete(document);
        for (Endpoint endpoint : endpoints.of(document)) {
            endpoint.identify();
            lists.document(document, endpoint);
            EntityTags.document(endpoint);
            Permissions.document(endpoint);
            errors.document(endpoint);
        }
        endpoints.contracts().forEach(document::addTag);
        Examples.reference(document);
    }
}
