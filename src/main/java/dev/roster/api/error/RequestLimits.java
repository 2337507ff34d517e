package dev.roster.api.error;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a request may take; the rest is among the {@code quarkus.http} settings of the service. */
@ConfigMapping(prefix = "roster.http")
public interface RequestLimits {

    /**
     * {@code ROSTER_HTTP_MAX_URI}: characters of path and query. RFC 9110 section 4.1 recommends
     * 8000 octets, and proxies allow no more.
     */
    @WithDefault("8000")
    int maxUri();

    /**
     * {@code ROSTER_HTTP_MAX_HEADERS}: characters of all headers. A token of the largest kind fits
     * four times. At most 131072, beyond which nothing is read.
     */
    @WithDefault("16384")
    int maxHeaders();

    /**
     * {@code ROSTER_HTTP_BODY_TIMEOUT}: the time in which a body must have come. 1 MB in half a
     * minute is what a poor mobile connection does; a client that is slower than that keeps a
     * connection for nothing.
     */
    @WithDefault("30S")
    Duration bodyTimeout();
}
