package dev.roster.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
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
    void whenARouteIsReachedThenFailuresAreSettledWithoutAMapOfAllResources() {
        router.get(PROBE)
                .order(0)
                .handler(context -> context.end(Boolean.toString(AuthenticationFailures.settles(context))));
        RawHttp.Answer answer = RawHttp.send("GET " + PROBE + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertEquals(200, answer.status());
        assertEquals("true", answer.body());
    }
}
