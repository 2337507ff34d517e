package dev.roster.platform.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** The body of what is answered beside the resources. */
public final class AnswerBody {
    private AnswerBody() {}

    /** Ends an answer; to HEAD with the length alone (RFC 9110 section 9.3.2), where the server would send all of it over HTTP/2. */
    public static void end(RoutingContext http, Buffer body) {
        if (HttpMethod.HEAD.equals(http.request().method())) {
            http.response()
                    .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                    .end();
        } else {
            http.response().end(body);
        }
    }
}
