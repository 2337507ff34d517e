package dev.roster.api.oauth2;

import dev.roster.access.application.RedirectUris;
import dev.roster.access.grant.Authorizations;
import dev.roster.access.token.CallerClaims;
import dev.roster.access.token.SignedTokens;
import dev.roster.platform.http.Authorization;
import dev.roster.platform.http.MatrixParameters;
import dev.roster.platform.http.RouteOrder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/**
 * Lets pages of other origins read answers (CORS, the Fetch standard): what is public by all; what is about an application by
 * the origins that it is sent its codes to. None of these endpoints knows a browser by a cookie, and no other endpoint answers
 * such pages at all.
 */
@Singleton
public class CrossOrigin {
    private static final String USERINFO = "/oauth2/userinfo";
    private static final Map<String, String> METHODS = Map.of(
            "/oauth2/token",
            "POST",
            "/oauth2/revoke",
            "POST",
            USERINFO,
            "GET, POST",
            "/oauth2/jwks",
            "GET",
            "/.well-known/openid-configuration",
            "GET",
            "/.well-known/oauth-authorization-server",
            "GET");
    private static final Set<String> PUBLIC =
            Set.of("/oauth2/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");

    private static final String EVERY_ORIGIN = "*";

    // What browsers ask before, they may remember for an hour; Chromium takes two at most
    private static final String REMEMBERED = "3600";

    // No token of an application is nearly as long
    private static final int LONGEST = 8 * 1024;

    private final Authorizations applications;

    CrossOrigin(Authorizations applications) {
        this.applications = applications;
    }

    void register(@Observes Router router) {
        for (String path : METHODS.keySet()) {
            router.route(path).order(RouteOrder.CROSS_ORIGIN).handler(this::answer);
        }
    }

    /** Lets the page that sent a request read the answer, if its origin is one of the application's. */
    Uni<Void> allow(RoutingContext http, String clientId) {
        String origin = origin(http.request());
        return origin == null
                ? Uni.createFrom().voidItem()
                : applications
                        .find(clientId)
                        .invoke(found -> found.filter(one -> RedirectUris.haveOrigin(one.redirectUris(), origin))
                                .ifPresent(one -> allow(origin, http.response().headers())))
                        .replaceWithVoid();
    }

    private void answer(RoutingContext http) {
        HttpServerRequest request = http.request();
        String origin = origin(request);
        String path = path(http);
        boolean isPublic = PUBLIC.contains(path);
        if (origin != null && isPreflight(request)) {
            // Says nothing of what there is: who may read the answer itself, that says
            http.addHeadersEndHandler(head -> allowToAsk(http, isPublic ? EVERY_ORIGIN : origin));
        } else if (isPublic) {
            // Also to who sends no origin: a cache gives pages the same answer (Fetch, CORS protocol and HTTP caches)
            http.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, EVERY_ORIGIN);
        } else if (origin != null && path.equals(USERINFO)) {
            // Not verified: whoever sends a token may be told, by the origins of the client that it names, why not
            allow(http, unprovenClient(request)).subscribe().with(done -> http.next(), failure -> http.next());
            return;
        }
        http.next();
    }

    private static String path(RoutingContext http) {
        return MatrixParameters.place(http.normalizedPath());
    }

    private static void allowToAsk(RoutingContext http, String origin) {
        MultiMap headers = http.response().headers();
        allow(origin, headers);
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS.get(path(http)));
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
        headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, REMEMBERED);
    }

    private static void allow(String origin, MultiMap headers) {
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, WWW-Authenticate, X-Request-Id");
        if (!origin.equals(EVERY_ORIGIN)) {
            headers.set(HttpHeaders.VARY, "Origin");
        }
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    /** Which client a token names; empty where there is no token that names one. */
    private static String unprovenClient(HttpServerRequest request) {
        return Authorization.of(request)
                .map(Authorization::credentials)
                .filter(token -> token.length() <= LONGEST)
                .flatMap(SignedTokens::unproven)
                .map(claims -> claims.getClaimValue(CallerClaims.CLIENT_ID) instanceof String client ? client : "")
                .orElse("");
    }

    private static String origin(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.ORIGIN);
    }
}
