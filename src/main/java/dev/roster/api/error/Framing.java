package dev.roster.api.error;

import dev.roster.platform.http.HttpBytes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;

/**
 * Whether the head of a request can be read in one way only, by us and by every proxy before us:
 * what the server itself lets through is refused here (RFC 9112 sections 3.2 and 6.1).
 */
final class Framing {
    private static final String HOST_AND_CODING =
            "There must be one Host header, and no Transfer-Encoding but chunked, once.";
    private static final String CHARACTERS =
            "The path begins with a slash and has no blanks, headers have no control characters, and there is one Host.";

    private Framing() {}

    static boolean isPlain(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 ? isWritable(request) : hasOneHostAndCoding(request);
    }

    /** The rule of requests of this version. */
    static String rule(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 ? CHARACTERS : HOST_AND_CODING;
    }

    /**
     * Whether HTTP/1.1 could say the same: its frames leave nothing to read differently, but what stands in them may be passed
     * on or kept as lines (RFC 9113 section 8.2.1).
     */
    private static boolean isWritable(HttpServerRequest request) {
        if (!HttpBytes.isTarget(request.uri())
                || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return false;
        }
        for (Map.Entry<String, String> header : request.headers()) {
            if (!HttpBytes.isToken(header.getKey()) || !HttpBytes.isText(header.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasOneHostAndCoding(HttpServerRequest request) {
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
