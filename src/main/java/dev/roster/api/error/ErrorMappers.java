package dev.roster.api.error;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.roster.caller.Caller;
import dev.roster.caller.CurrentCaller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failure of a request in the body of the contract that the request belongs to. */
public class ErrorMappers {
    private final Failures failures;
    private final ErrorAnswers answers;

    ErrorMappers(Failures failures, ErrorAnswers answers) {
        this.failures = failures;
        this.answers = answers;
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, RoutingContext context) {
        return failure.getResponse().getStatus() < 400
                ? failure.getResponse()
                : answer(failures.translate(failure), context).build();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException failure, RoutingContext context) {
        return answer(failures.translate(failure), context)
                .header(HttpHeaders.ALLOW, failure.getResponse().getHeaderString(HttpHeaders.ALLOW))
                .build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(RoutingContext context) {
        return answer(RosterException.of(ErrorCode.INVALID_TOKEN), context).build();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    Response forbidden(RoutingContext context) {
        boolean expired = CurrentCaller.get().filter(Caller::mustChangePassword).isPresent();
        ErrorCode code = expired ? ErrorCode.PASSWORD_EXPIRED : ErrorCode.INSUFFICIENT_SCOPE;
        return answer(RosterException.of(code), context).build();
    }

    // Quarkus brings mappers of its own for the first two, which one for every Throwable alone would not replace
    @ServerExceptionMapper({ConstraintViolationException.class, MismatchedInputException.class, Throwable.class})
    Response any(Throwable failure, RoutingContext context) {
        return answer(failures.translate(failure), context).build();
    }

    private Response.ResponseBuilder answer(RosterException error, RoutingContext context) {
        ErrorAnswer answer = answers.of(error, context);
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response;
    }
}
