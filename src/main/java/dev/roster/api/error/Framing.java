package dev.roster.api.error;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * Whether the head of a request can be read in one way only, by us and by every proxy before us:
 * what the server itself lets through is refused here (RFC 9112 sections 3.2 and 6.1).
 */
final class Framing {
    static final String RULE = "There must be one Host header, and no Transfer-Encoding but chunked, once.";

    private Framing() {}

    static boolean isPlain(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return true; // its frames leave nothing to read differently
        }
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean isOld = request.version() == HttpVersion.HTTP_1_0;
        return (hosts == 1 || (hosts == 0 && isOld)) && isPlain(codings);
    }

    private static boolean isPlain(List<String> codings) {
        return codings.isEmpty()
                || (codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked"));
    }
}
