package dev.roster.platform.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Where a request comes from, as sessions and failures tell it.
 *
 * @param userAgent null where the request named none
 * @param address in its one form; null where it is not known
 */
public record Origin(String userAgent, String address) {
    public static Origin of(RoutingContext request) {
        return new Origin(request.request().getHeader(HttpHeaders.USER_AGENT), CallerAddress.of(request));
    }
}
