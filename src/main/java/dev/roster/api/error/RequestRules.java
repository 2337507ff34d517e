package dev.roster.api.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.AnswerBody;
import dev.roster.platform.http.BodyLimits;
import dev.roster.platform.http.Leftovers;
import dev.roster.platform.http.RequestBody;
import dev.roster.platform.http.RequestLimits;
import dev.roster.platform.http.RouteOrder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Refuses, before anything reads it, a request that no contract can mean; and answers what fails
 * outside of the contracts in a contract's body too.
 */
@Singleton
public class RequestRules {
    private static final String NUL = "%00";
    private static final String TOO_MANY_PARAMETERS =
            "The query must have at most " + RequestLimits.MOST_PARAMETERS + " parameters.";

    private final ErrorAnswers answers;
    private final ObjectMapper json;
    private final RequestLimits limits;
    private final BodyLimits bodies;

    RequestRules(ErrorAnswers answers, ObjectMapper json, RequestLimits limits, BodyLimits bodies) {
        this.answers = answers;
        this.json = json;
        this.limits = limits;
        this.bodies = bodies;
    }

    void register(@Observes Router router) {
        router.route().order(RouteOrder.RULES).handler(this::check).failureHandler(this::failed);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > limits.maxUri()) {
            answer(context, RosterException.of(ErrorCode.URI_TOO_LONG));
        } else if (areTooLarge(request.headers())) {
            answer(context, RosterException.of(ErrorCode.HEADERS_TOO_LARGE));
        } else if (!Framing.isPlain(request)) {
            answer(context, RosterException.of(ErrorCode.INVALID_REQUEST, Framing.rule(request)));
        } else if (PercentEncoding.isBroken(request.uri())) {
            answer(context, RosterException.invalid(Place.PATH, "uri", PercentEncoding.RULE));
        } else if (request.path().contains(NUL)) {
            answer(context, RosterException.invalid(Place.PATH, "path", "must not contain NUL"));
        } else if (hasTooManyParameters(request.query())) {
            answer(context, RosterException.of(ErrorCode.INVALID_REQUEST, TOO_MANY_PARAMETERS));
        } else if (RequestBody.length(request) > bodies.longest(context)) {
            answer(context, RosterException.of(ErrorCode.PAYLOAD_TOO_LARGE));
        } else if (isEncoded(request) && !RequestBody.isNone(request)) {
            answer(context, RosterException.of(ErrorCode.UNSUPPORTED_ENCODING));
        } else if (RequestBody.isIgnored(request) && hasBrokenType(request) && !RequestBody.isNone(request)) {
            answer(context, RosterException.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
        } else {
            context.next();
        }
    }

    /** What is empty between two separators counts as well: nobody sends that, and counting is cheap so. */
    private static boolean hasTooManyParameters(String query) {
        return query != null && query.chars().filter(c -> c == '&').count() >= RequestLimits.MOST_PARAMETERS;
    }

    /** Whether its body has a content coding (RFC 9110 section 8.4): nothing here decodes one. */
    private static boolean isEncoded(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                .flatMap(codings -> Stream.of(codings.split(",")))
                .map(String::strip)
                .anyMatch(coding ->
                        !coding.isEmpty() && !HttpHeaders.IDENTITY.toString().equalsIgnoreCase(coding));
    }

    /** Whether its type cannot be read by what chooses among several resources of a path, which only reads have. */
    private static boolean hasBrokenType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return false;
        }
        try {
            var unused = MediaType.valueOf(type);
            return false;
        } catch (IllegalArgumentException unreadable) {
            return true;
        }
    }

    private void failed(RoutingContext context) {
        if (context.statusCode() < 400 || context.statusCode() >= 500) {
            context.next();
            return;
        }
        answer(context, Failures.ofStatus(context.statusCode()));
    }

    // Whoever sends such a request is not believed about where the next one begins
    private void answer(RoutingContext context, RosterException error) {
        if (context.response().ended()) {
            return;
        }
        ErrorAnswer answer = answers.of(error, context);
        context.response().setStatusCode(answer.status());
        answer.headers().forEach(context.response()::putHeader);
        Leftovers.closeAfterAnswer(context);
        AnswerBody.end(context, Buffer.buffer(json(answer.body())));
    }

    private String json(Object body) {
        if (body instanceof String text) {
            return text;
        }
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
    }

    private boolean areTooLarge(Iterable<Map.Entry<String, String>> headers) {
        int size = 0;
        int count = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length();
            count++;
        }
        return size > limits.maxHeaders() || count > RequestLimits.MOST_HEADERS;
    }
}
