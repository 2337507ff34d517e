package dev.roster.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/** The document of the contract that shares its paths with Roster v1, and of nothing else. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = "kubiya")
public class KubiyaDocument extends ApiDocument {
    private static final String NAME = "Kubiya";

    public KubiyaDocument(IndexView index) {
        super(index);
    }

    @Override
    void choose(OpenAPI document, SharedPaths paths) {
        paths.keep(NAME);
        document.setTags(
                document.getTags().stream().filter(tag -> tag.getName().equals(NAME)).toList());
    }
}
