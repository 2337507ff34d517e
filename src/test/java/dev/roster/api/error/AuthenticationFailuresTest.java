package dev.roster.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The order of filters that {@link AuthenticationFailures} counts on. */
@QuarkusTest
class AuthenticationFailuresTest {
    private static final String PROBE = "/authentication-failures-probe";

    @Inject
    Router router;

    @Test
    void whenARouteIsReachedThenNoHandlerWaitsForAFailedAuthentication() {
        router.get(PROBE).order(0).handler(context -> {
            Object handler = context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
            Object identity = context.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
            context.end((handler == null) + " " + (identity != null));
        });
        RawHttp.Answer answer = RawHttp.send("GET " + PROBE + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertEquals(200, answer.status());
        assertEquals("true true", answer.body());
    }
}
