package dev.roster.platform.request;

import dev.roster.platform.http.Origin;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Where the request comes from that the present work is done for. It travels with the context of
 * the request, so that what is far from HTTP can tell without being told.
 */
public final class RequestOrigin {
    private static final String KEY = RequestOrigin.class.getName();

    private final RoutingContext request;
    private final String requestId;

    private RequestOrigin(RoutingContext request, String requestId) {
        this.request = request;
        this.requestId = requestId;
    }

    /** Notes the origin of the request whose context this is. */
    public static void enter(RoutingContext request, String requestId) {
        new RequestOrigin(request, requestId).enter();
    }

    /** Takes the origin along to the present context, for work of a request on another one. */
    public void enter() {
        OwnContext.note(KEY, this);
    }

    /** The origin; empty where no request has caused the work. */
    public static Optional<RequestOrigin> current() {
        return OwnContext.noted(KEY);
    }

    /** Where the caller is, and what its program calls itself. */
    public Origin origin() {
        return Origin.of(request);
    }

    /** What the answer and the log call the request. */
    public String requestId() {
        return requestId;
    }
}
