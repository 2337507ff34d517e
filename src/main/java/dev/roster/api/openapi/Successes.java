package dev.roster.api.openapi;

import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Gives the answers that the scanner found the statuses and bodies that they have. */
final class Successes {
    private Successes() {}

    static void document(Endpoint endpoint) {
        APIResponses responses = endpoint.operation().getResponses();
        endpoint.annotation(ResponseStatus.class)
                .map(status -> String.valueOf(status.value().asInt()))
                .ifPresent(status -> move(responses, status));
        responses.getAPIResponses().values().forEach(Successes::dropEmptyBody);
    }

    private static void move(APIResponses responses, String status) {
        APIResponse answer = responses.getAPIResponse("200");
        if (answer != null) {
            responses.removeAPIResponse("200");
            responses.addAPIResponse(status, answer);
        }
    }

    // What an untyped answer leaves: a content type, and nothing to say about the content.
    private static void dropEmptyBody(APIResponse answer) {
        Content content = answer.getContent();
        if (content != null) {
            Map.copyOf(content.getMediaTypes()).entrySet().stream()
                    .filter(body -> body.getValue().getSchema() == null)
                    .forEach(body -> content.removeMediaType(body.getKey()));
            if (content.getMediaTypes().isEmpty()) {
                answer.setContent(null);
            }
        }
    }
}
