package dev.roster.api.openapi;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;

/** Documents the answers of {@link AnswersItems} endpoints. */
final class ItemLists {
    private final RecordSchemas schemas;

    ItemLists(RecordSchemas schemas) {
        this.schemas = schemas;
    }

    void document(OpenAPI document, Endpoint endpoint) {
        endpoint.annotation(AnswersItems.class)
                .ifPresent(
                        answers -> {
                            String item = schemas.name(answers.value().asClass().name());
                            document.getComponents().addSchema(item + "List", list(item));
                            document.getComponents()
                                    .addExample(item + "List", example(document, item));
                            endpoint.operation()
                                    .setResponses(
                                            OASFactory.createAPIResponses()
                                                    .addAPIResponse("200", answer(answers, item)));
                        });
    }

    private static APIResponse answer(AnnotationInstance answers, String item) {
        APIResponse answer = Responses.json("OK", Responses.ref(item + "List"));
        if (answers.value("lines") != null && answers.value("lines").asBoolean()) {
            answer.getContent()
                    .addMediaType(
                            "application/x-ndjson",
                            OASFactory.createMediaType().schema(Responses.ref(item)));
        }
        return answer;
    }

    private static Example example(OpenAPI document, String item) {
        Object value = document.getComponents().getExamples().get(item).getValue();
        return OASFactory.createExample().value(Map.of("items", List.of(value)));
    }

    private static Schema list(String item) {
        return OASFactory.createSchema()
                .type(List.of(SchemaType.OBJECT))
                .addProperty(
                        "items",
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.ARRAY))
                                .items(Responses.ref(item)))
                .addProperty(
                        "next_cursor",
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.STRING))
                                .description(
                                        "Where the next page starts; absent on the last page, and"
                                                + " where `limit` was not given."))
                .required(List.of("items"));
    }
}
