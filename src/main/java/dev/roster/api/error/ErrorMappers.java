package dev.roster.api.error;

import dev.roster.api.AuthorizationScheme;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Uuids;
import dev.roster.security.Challenges;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failure of a request in the body of the contract that the request belongs to. */
public class ErrorMappers {
    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    // Long enough for any tracing system, harmless in a log line.
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    // A database comes back, or another replica answers, within seconds.
    private static final int RETRY_AFTER_SECONDS = 1;

    private final List<ErrorRenderer> renderers;
    private final Clock clock;

    ErrorMappers(@All List<ErrorRenderer> renderers, Clock clock) {
        this.renderers = renderers;
        this.clock = clock;
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, RoutingContext context) {
        if (failure.getResponse().getStatus() < 400) {
            return failure.getResponse();
        }
        Response.ResponseBuilder answer = answer(Failures.translate(failure), context);
        String allow = failure.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null ? answer.build() : answer.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(RoutingContext context) {
        return answer(RosterException.of(ErrorCode.INVALID_TOKEN), context).build();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response forbidden(RoutingContext context) {
        return answer(RosterException.of(ErrorCode.INSUFFICIENT_SCOPE), context).build();
    }

    @ServerExceptionMapper
    Response any(Throwable failure, RoutingContext context) {
        return answer(Failures.translate(failure), context).build();
    }

    private Response.ResponseBuilder answer(RosterException error, RoutingContext context) {
        String requestId = requestId(context.request());
        if (error.code().status() >= 500) {
            LOG.errorf(error.getCause(), "%s in request %s", error.code().code(), requestId);
        }
        ErrorRenderer renderer = renderer(context);
        Response.ResponseBuilder answer =
                Response.status(renderer.status(error))
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .header("X-Request-Id", requestId)
                        .entity(renderer.body(error, requestId));
        return switch (error.code()) {
            case INVALID_TOKEN ->
                    answer.header(HttpHeaders.WWW_AUTHENTICATE, Challenges.unauthorized(context));
            case INSUFFICIENT_SCOPE ->
                    answer.header(HttpHeaders.WWW_AUTHENTICATE, Challenges.forbidden(context));
            case UNAVAILABLE -> answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            case RATE_LIMITED -> answer.header(HttpHeaders.RETRY_AFTER, seconds(error));
            default -> answer;
        };
    }

    /** In whole seconds, never too early (RFC 9110 section 10.2.3). */
    private static long seconds(RosterException error) {
        return error.retryAfter().map(wait -> wait.plusMillis(999).toSeconds()).orElse(1L);
    }

    private ErrorRenderer renderer(RoutingContext context) {
        String path = context.normalizedPath();
        String scheme = AuthorizationScheme.of(context);
        return renderers.stream()
                .filter(renderer -> renderer.serves(path, scheme))
                .findFirst()
                .orElseThrow();
    }

    private String requestId(HttpServerRequest request) {
        String given = request.getHeader("X-Request-Id");
        return given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : Uuids.v7(clock.instant()).toString();
    }
}
