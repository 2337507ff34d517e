package dev.roster.api.error;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Leaves failed authentications to the resources, whose contracts answer them: whoever a request is from is asked there
 * alone. Where a handler for such failures is set, a filter of Quarkus looks for the template of the path first, by maps
 * of all resources that it builds anew for each request; metrics have the template from the resource, and none for what is
 * answered before.
 */
@Singleton
class AuthenticationFailures {
    // Behind the filter of Quarkus that sets the handler, at -200, and before the other, also at -199: the one that is
    // registered first is called first
    private static final int ORDER = -199;

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(context -> {
            context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
            context.next();
        });
    }
}
