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

    /** Takes the value of a header apart. */
    public static Authorization parse(String header) {
        int end = header.indexOf(' ');
        if (end < 0) {
            return new Authorization(header, "");
        }
        int start = end;
        while (start < header.length() && header.charAt(start) == ' ') {
            start++;
        }
        return new Authorization(header.substring(0, end), header.substring(start));
    }
}
