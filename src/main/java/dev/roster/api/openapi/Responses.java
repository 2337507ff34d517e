package dev.roster.api.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Builds answers of the document. */
final class Responses {
    private static final String SCHEMAS = "#/components/schemas/";

    private Responses() {}

    /** An answer with a JSON body. */
    static APIResponse json(String description, Schema schema) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        "application/json",
                                        OASFactory.createMediaType().schema(schema)));
    }

    /** A reference to a named schema. */
    static Schema ref(String name) {
        return OASFactory.createSchema().ref(SCHEMAS + name);
    }

    /** The name that a schema refers to; null for one that stands for itself. */
    static String name(Schema schema) {
        String ref = schema == null ? null : schema.getRef();
        return ref == null ? null : ref.substring(ref.lastIndexOf('/') + 1);
    }
}
