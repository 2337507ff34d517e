package dev.roster.api.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Documents the headers of {@link Versioned} endpoints. */
final class EntityTags {
    private EntityTags() {}

    static void document(Endpoint endpoint) {
        if (!endpoint.isVersioned()) {
            return;
        }
        APIResponses responses = endpoint.operation().getResponses();
        endpoint.successes().stream()
                .filter(status -> !status.equals("204"))
                .map(responses::getAPIResponse)
                .forEach(EntityTags::addTag);
        if (endpoint.isRead()) {
            APIResponse unchanged = OASFactory.createAPIResponse();
            addTag(unchanged.description("The client already has this."));
            responses.addAPIResponse("304", unchanged);
            addParameter(
                    endpoint,
                    "If-None-Match",
                    "The `ETag` of the copy that the client has; 304 if it still holds.");
        } else if (endpoint.isConditional()) {
            addParameter(
                    endpoint,
                    "If-Match",
                    "The `ETag` of the version to change; 412 if it is not the present one.");
        }
    }

    private static void addParameter(Endpoint endpoint, String name, String description) {
        endpoint.operation().addParameter(parameter(name, description));
    }

    private static void addTag(APIResponse response) {
        response.addHeader("ETag", header("The version of what is answered (RFC 9110)."));
    }

    private static Header header(String description) {
        return OASFactory.createHeader().description(description).required(true).schema(string());
    }

    private static Parameter parameter(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(string().minLength(1));
    }

    private static Schema string() {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
    }
}
