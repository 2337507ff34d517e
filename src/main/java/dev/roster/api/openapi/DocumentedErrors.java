package dev.roster.api.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.DotName;

/**
 * Documents the errors of endpoints, each with the body that the contract's own renderer gives it.
 */
final class DocumentedErrors {
    private static final String REQUEST_ID = "01980f2e-5b8a-7c3e-9d41-2f6b7a8c9d0e";

    private final RecordSchemas schemas;
    private final ErrorRenderers renderers;
    private final ObjectMapper json =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    DocumentedErrors(RecordSchemas schemas, ErrorRenderers renderers) {
        this.schemas = schemas;
        this.renderers = renderers;
    }

    /** Adds them, save for statuses that the document already describes. */
    void document(Endpoint endpoint) {
        ErrorRenderer renderer = renderers.serving(endpoint.path());
        Map<Integer, List<RosterException>> byStatus =
                codes(endpoint).stream()
                        .map(RosterException::of)
                        .collect(groupingBy(renderer::status, TreeMap::new, toList()));
        APIResponses responses = endpoint.operation().getResponses();
        byStatus.forEach(
                (status, errors) -> {
                    if (!responses.hasAPIResponse(status.toString())) {
                        responses.addAPIResponse(
                                status.toString(), answer(renderer, status, errors));
                    }
                });
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static Set<ErrorCode> codes(Endpoint endpoint) {
        Set<ErrorCode> codes = EnumSet.of(ErrorCode.NOT_ACCEPTABLE);
        if (endpoint.isSecured()) {
            codes.add(ErrorCode.INVALID_TOKEN);
            codes.add(ErrorCode.INSUFFICIENT_SCOPE);
        }
        if (endpoint.isSecured() || !endpoint.isRead()) {
            codes.add(ErrorCode.UNAVAILABLE);
        }
        if (endpoint.isSecured() && !endpoint.isRead()) {
            codes.add(ErrorCode.CONFLICT);
        }
        if (endpoint.hasParameters() || endpoint.hasJsonBody()) {
            codes.add(ErrorCode.INVALID_REQUEST);
        }
        if (endpoint.hasParameter("cursor")) {
            codes.add(ErrorCode.INVALID_CURSOR);
        }
        if (endpoint.hasBody()) {
            codes.add(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        if (endpoint.hasJsonBody()) {
            codes.add(ErrorCode.MALFORMED_JSON);
            codes.add(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
        if (endpoint.isConditional()) {
            codes.add(ErrorCode.PRECONDITION_FAILED);
        }
        endpoint.annotation(Fails.class)
                .ifPresent(
                        fails ->
                                Stream.of(fails.value().asEnumArray())
                                        .map(ErrorCode::valueOf)
                                        .forEach(codes::add));
        return codes;
    }

    private APIResponse answer(ErrorRenderer renderer, int status, List<RosterException> errors) {
        String titles =
                errors.stream()
                        .map(
                                error ->
                                        "`%s`: %s."
                                                .formatted(
                                                        error.code().code(), error.code().title()))
                        .collect(joining("\n\n"));
        APIResponse answer = Responses.json(titles, schema(renderer));
        MediaType body = answer.getContent().getMediaType("application/json");
        errors.forEach(error -> body.addExample(error.code().code(), example(renderer, error)));
        answer.addHeader("X-Request-Id", header("Finds the request in the log."));
        return switch (status) {
            case 401 -> answer.addHeader("WWW-Authenticate", header("RFC 6750 section 3."));
            // Only a token that is too narrow is asked for more; a role that is too low is not.
            case 403 ->
                    answer.addHeader(
                            "WWW-Authenticate", header("RFC 6750 section 3.").required(false));
            case 429, 503 -> answer.addHeader("Retry-After", header("Seconds to wait."));
            default -> answer;
        };
    }

    private Schema schema(ErrorRenderer renderer) {
        return Stream.of(renderer.getClass().getDeclaredMethods())
                .filter(method -> method.getName().equals("body") && !method.isBridge())
                .map(method -> DotName.createSimple(method.getReturnType().getName()))
                .map(type -> Responses.ref(schemas.name(type)))
                .findFirst()
                .orElseThrow();
    }

    private Example example(ErrorRenderer renderer, RosterException error) {
        Object body = json.convertValue(renderer.body(error, REQUEST_ID), Object.class);
        return OASFactory.createExample().summary(error.code().title()).value(body);
    }

    private static Header header(String description) {
        return OASFactory.createHeader()
                .description(description)
                .required(true)
                .schema(OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)));
    }
}
