package dev.roster.api.v1;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Answers that carry a secret. */
final class Secrets {
    private Secrets() {}

    /** The answer, never to be stored on its way (RFC 9111 section 5.2.2.5). */
    static Response once(Response.ResponseBuilder answer) {
        return answer.type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
