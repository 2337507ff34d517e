package dev.roster.api.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses, before anything reads it, a request that no contract can mean; and answers what fails
 * outside of the contracts in a contract's body too.
 */
@Singleton
public class RequestRules {
    // Before every route of the server, its own limits included; after RequestIds alone.
    private static final int FIRST = Integer.MIN_VALUE + 1;

    private static final Set<HttpMethod> BODY_METHODS =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final String NUL = "%00";

    // What is read of a body that is refused: a client that is still sending would lose the answer.
    private static final long MAX_IGNORED_BODY = 16L * 1024 * 1024;

    private static final long LINGER_MILLISECONDS = 1_000;

    private final ErrorAnswers answers;
    private final ObjectMapper json;
    private final RequestLimits limits;
    private final long maxBody;
    private final BodyHandler reader;

    RequestRules(
            ErrorAnswers answers,
            ObjectMapper json,
            RequestLimits limits,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.answers = answers;
        this.json = json;
        this.limits = limits;
        this.maxBody = maxBody.asLongValue();
        this.reader = BodyHandler.create(false).setBodyLimit(this.maxBody);
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::check).failureHandler(this::failed);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > limits.maxUri()) {
            refuse(context, RosterException.of(ErrorCode.URI_TOO_LONG));
        } else if (size(request.headers()) > limits.maxHeaders()) {
            refuse(context, RosterException.of(ErrorCode.HEADERS_TOO_LARGE));
        } else if (bodyLength(request) > maxBody) {
            refuse(context, RosterException.of(ErrorCode.PAYLOAD_TOO_LARGE));
        } else if (PercentEncoding.isBroken(request.uri())) {
            refuse(context, RosterException.invalid(Place.PATH, "uri", PercentEncoding.RULE));
        } else if (request.path().contains(NUL)) {
            refuse(context, RosterException.invalid(Place.PATH, "path", "must not contain NUL"));
        } else {
            limitTime(context);
            read(context);
        }
    }

    private void read(RoutingContext context) {
        if (hasBodyOfUnknownLength(context.request())) {
            reader.handle(context);
        } else {
            context.next();
        }
    }

    private void limitTime(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (bodyLength(request) == 0
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return;
        }
        long timer =
                context.vertx()
                        .setTimer(limits.bodyTimeout().toMillis(), late -> refuseLate(context));
        context.addEndHandler(end -> context.vertx().cancelTimer(timer));
    }

    private void refuseLate(RoutingContext context) {
        if (!context.request().isEnded()) {
            answer(context, RosterException.of(ErrorCode.REQUEST_TIMEOUT));
        }
    }

    private void failed(RoutingContext context) {
        if (context.statusCode() < 400 || context.statusCode() >= 500) {
            context.next();
            return;
        }
        refuse(context, Failures.ofStatus(context.statusCode()));
    }

    private void refuse(RoutingContext context, RosterException error) {
        HttpServerRequest request = context.request();
        boolean waitsForVerdict = request.headers().contains(HttpHeaders.EXPECT);
        if (request.isEnded() || waitsForVerdict || bodyLength(request) > MAX_IGNORED_BODY) {
            answer(context, error);
        } else {
            request.handler(ignored -> {}).endHandler(end -> answer(context, error)).resume();
        }
    }

    private void answer(RoutingContext context, RosterException error) {
        if (context.response().ended()) {
            return;
        }
        ErrorAnswer answer = answers.of(error, context);
        context.response().setStatusCode(answer.status());
        answer.headers().forEach(context.response()::putHeader);
        if (!isHttp2(context.request())) { // which has no such header (RFC 9113 section 8.2.2)
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.response().end(json(answer.body())).onComplete(sent -> hangUp(context));
    }

    // The header alone does not close. Whoever is still sending gets the time to read the answer,
    // which a reset would take away (RFC 9112 section 9.6).
    private static void hangUp(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        if (request.isEnded()) {
            request.connection().close();
        } else {
            context.vertx().setTimer(LINGER_MILLISECONDS, over -> request.connection().close());
        }
    }

    private String json(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
    }

    // Read here, since who reads it later could not refuse it in the body of a contract. The REST
    // server cannot take over an HTTP/2 request that has been read (quarkusio/quarkus#34393).
    private static boolean hasBodyOfUnknownLength(HttpServerRequest request) {
        return !isHttp2(request)
                && BODY_METHODS.contains(request.method())
                && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !isForm(request.getHeader(HttpHeaders.CONTENT_TYPE));
    }

    private static boolean isHttp2(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }

    // The reader would take a form apart, which the token endpoint does itself.
    private static boolean isForm(String contentType) {
        return contentType != null
                && (contentType.startsWith(MediaType.APPLICATION_FORM_URLENCODED)
                        || contentType.startsWith(MediaType.MULTIPART_FORM_DATA));
    }

    // The server itself has refused a length that is no number.
    private static long bodyLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static int size(Iterable<Map.Entry<String, String>> headers) {
        int size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length();
        }
        return size;
    }
}
