package dev.roster.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The order of filters that {@link AuthenticationFailures} counts on. */
@QuarkusTest
class AuthenticationFailuresTest {
    // One that a resource has, for which there is a template to be found
    private static final String PATH = "/api/v1/users/me";
    private static final String PROBE = "Probe";

    @Inject
    Router router;

    @Test
    void whenARouteIsReachedThenNoHandlerWaitsForAFailedAuthenticationAndNoTemplateWasLookedFor() {
        router.get(PATH).order(0).handler(context -> {
            if (context.request().getHeader(PROBE) == null) {
                context.next();
                return;
            }
            Object template =
                    ((HttpServerRequestInternal) context.request()).context().getLocal("UrlPathTemplate");
            Object handler = context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
            Object identity = context.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
            context.end(handler + " " + (identity != null) + " " + template);
        });
        RawHttp.Answer answer =
                RawHttp.send("GET " + PATH + " HTTP/1.1\r\nHost: x\r\n" + PROBE + ": x\r\nConnection: close\r\n\r\n");
        assertEquals(200, answer.status());
        assertEquals("null true null", answer.body());
    }
}
