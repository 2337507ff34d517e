package dev.roster.api.error;

import io.quarkus.vertx.http.runtime.security.HttpSecurityRecorder.DefaultAuthFailureHandler;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;

/**
 * Makes a failed authentication the failure of its request, which a contract answers. Quarkus has a filter for the same,
 * which also finds the template of the path, by maps of all resources that it builds anew for each request; it leaves a
 * request alone of which that is settled. Metrics have the template from the resource.
 */
@Singleton
class AuthenticationFailures {
    // Behind the filter that authenticates, at -200, and before Quarkus's at -199: of those with one order the first
    // registered is the first called
    private static final int ORDER = -199;

    private static final BiConsumer<RoutingContext, Throwable> FAIL = AuthenticationFailures::fail;

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(context -> {
            context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, FAIL);
            context.next();
        });
    }

    static boolean settles(RoutingContext context) {
        return context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER) == FAIL;
    }

    private static void fail(RoutingContext context, Throwable failure) {
        DefaultAuthFailureHandler.markIfOtherAuthenticationFailure(context, failure);
        if (!context.failed()) {
            context.fail(DefaultAuthFailureHandler.extractRootCause(failure));
        }
    }
}
