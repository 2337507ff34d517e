package dev.roster.api.oauth2;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers that no cache may keep (RFC 6749 section 5.1), be it one that knows nothing of {@code no-store}. */
final class Uncached {
    private Uncached() {}

    /**
     * An answer of status 200.
     *
     * @param body null for none
     */
    static <T> RestResponse<T> ok(T body) {
        return ResponseBuilder.ok(body).header("Pragma", "no-cache").build();
    }
}
