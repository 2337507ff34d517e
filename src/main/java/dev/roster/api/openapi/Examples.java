package dev.roster.api.openapi;

import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;

/** Shows the example of a schema, named as the schema is, wherever that schema is a body. */
final class Examples {
    private Examples() {}

    static void reference(OpenAPI document) {
        Map<String, Example> examples = document.getComponents().getExamples();
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(Examples::bodies)
                .filter(
                        body ->
                                examples.containsKey(
                                        String.valueOf(Responses.name(body.getSchema()))))
                .forEach(Examples::reference);
    }

    private static Stream<MediaType> bodies(Operation operation) {
        Stream<Content> answers =
                operation.getResponses().getAPIResponses().values().stream()
                        .map(response -> response.getContent());
        Stream<Content> request =
                operation.getRequestBody() == null
                        ? Stream.empty()
                        : Stream.of(operation.getRequestBody().getContent());
        return Stream.concat(request, answers)
                .filter(content -> content != null)
                .flatMap(content -> content.getMediaTypes().values().stream());
    }

    private static void reference(MediaType body) {
        String name = Responses.name(body.getSchema());
        body.addExample(name, OASFactory.createExample().ref("#/components/examples/" + name));
    }
}
