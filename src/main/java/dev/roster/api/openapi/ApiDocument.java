package dev.roster.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
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
        Contracts contracts = new Contracts(index);
        Endpoints endpoints = new Endpoints(index, contracts);
        RecordSchemas schemas = new RecordSchemas(index);
        ItemLists lists = new ItemLists(schemas);
        DocumentedErrors errors = new DocumentedErrors(schemas, ErrorRenderers.of(index));

        schemas.complete(document);
        new SharedPaths(contracts, document).publish();
        for (Endpoint endpoint : endpoints.of(document)) {
            endpoint.identify();
            Successes.document(endpoint);
            lists.document(document, endpoint);
            EntityTags.document(endpoint);
            Permissions.document(endpoint);
            errors.document(endpoint);
        }
        contracts.tags().forEach(document::addTag);
        Examples.reference(document);
        document.addServer(OASFactory.createServer().url("/"));
    }
}
