package dev.roster.api.error;

import dev.roster.access.token.Challenges;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Authorization;
import dev.roster.platform.http.MatrixParameters;
import dev.roster.platform.http.RetryAfter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Says an error in the body of the contract that the request belongs to. */
@Singleton
class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

    // A database comes back, or another replica answers, within seconds.
    private static final String RETRY_AFTER_SECONDS = "1";

    // What a token's rights cause, and what anyone can cause by taking much of the service at once
    private static final Set<ErrorCode> COUNTED = EnumSet.of(
            ErrorCode.FORBIDDEN,
            ErrorCode.INSUFFICIENT_SCOPE,
            ErrorCode.PASSWORD_EXPIRED,
            ErrorCode.PAYLOAD_TOO_LARGE,
            ErrorCode.REQUEST_TIMEOUT,
            ErrorCode.UNAVAILABLE);

    private final OutageLog outages = new OutageLog();
    private final List<ErrorRenderer> renderers;
    private final RequestIds requestIds;
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);

    ErrorAnswers(@All List<ErrorRenderer> renderers, RequestIds requestIds, MeterRegistry metrics) {
        this.renderers = renderers;
        this.requestIds = requestIds;
        // At zero from the start: of a series that begins with its first refusal Prometheus sees no increase
        COUNTED.forEach(code -> refused.put(code, metrics.counter("roster.requests.refused", "code", code.code())));
    }

    ErrorAnswer of(RosterException error, RoutingContext context) {
        String requestId = requestIds.of(context);
        log(error, requestId);
        count(error.code());
        ErrorRenderer renderer = renderer(context);
        return new ErrorAnswer(
                renderer.status(error), headers(error, context, renderer), renderer.body(error, requestId, context));
    }

    // Of refusals there may be any number: none is worth a row, and of most none a line
    private void count(ErrorCode code) {
        Counter counter = refused.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    private void log(RosterException error, String requestId) {
        if (error.code() == ErrorCode.UNAVAILABLE && error.getCause() != null) {
            outages.add(requestId, error.getCause());
        } else if (error.code() != ErrorCode.UNAVAILABLE && error.code().status() >= 500) {
            LOG.errorf(error.getCause(), "%s in request %s", error.code().code(), requestId);
        }
    }

    private static Map<String, String> headers(RosterException error, RoutingContext context, ErrorRenderer renderer) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.CONTENT_TYPE, renderer.type());
        switch (error.code()) {
            case INVALID_CREDENTIALS, INVALID_TOKEN ->
                headers.put(HttpHeaders.WWW_AUTHENTICATE, Challenges.unauthorized(context));
            case FORBIDDEN, INSUFFICIENT_SCOPE, PASSWORD_EXPIRED ->
                headers.put(HttpHeaders.WWW_AUTHENTICATE, Challenges.forbidden(context));
            case SIGN_IN_AGAIN -> headers.put(HttpHeaders.WWW_AUTHENTICATE, Challenges.signInAgain());
            case UNAVAILABLE -> headers.put(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            case RATE_LIMITED -> headers.put(HttpHeaders.RETRY_AFTER, seconds(error));
            // RFC 9110 section 12.5.3: it tells this from a media type that is not taken
            case UNSUPPORTED_ENCODING -> headers.put(HttpHeaders.ACCEPT_ENCODING, "identity");
            default -> {
                // The body says it all.
            }
        }
        return headers;
    }

    private static String seconds(RosterException error) {
        return error.retryAfter()
                .map(wait -> Long.toString(RetryAfter.seconds(wait)))
                .orElse(RETRY_AFTER_SECONDS);
    }

    private ErrorRenderer renderer(RoutingContext context) {
        String path = path(context);
        String scheme = Authorization.schemeOf(context.request());
        return renderers.stream()
                .filter(renderer -> renderer.serves(path, scheme, context))
                .findFirst()
                .orElseThrow();
    }

    // Even what is no path belongs to a contract.
    private static String path(RoutingContext context) {
        try {
            return MatrixParameters.place(context.normalizedPath());
        } catch (IllegalArgumentException malformed) {
            return context.request().path();
        }
    }
}
