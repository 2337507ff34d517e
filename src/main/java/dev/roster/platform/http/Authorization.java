package dev.roster.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The value of an {@code Authorization} header (RFC 9110 section 11.6.2).
 *
 * @param scheme as the client wrote it: in any case
 * @param credentials what stands behind it; empty where nothing does
 */
public record Authorization(String scheme, String credentials) {

    /** That of a request, of several the first; empty where there is none. */
    public static Optional<Authorization> of(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)).map(Authorization::parse);
    }

    /** The scheme of a request's header, of several the first; empty where there is none. */
    public static String schemeOf(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null ? "" : header.substring(0, schemeEnd(header));
    }

    /** Takes the value of a header apart. */
    public static Authorization parse(String header) {
        int end = schemeEnd(header);
        int start = end;
        while (start < header.length() && header.charAt(start) == ' ') {
            start++;
        }
        return new Authorization(header.substring(0, end), header.substring(start));
    }

    private static int schemeEnd(String header) {
        int space = header.indexOf(' ');
        return space < 0 ? header.length() : space;
    }
}
