package dev.roster.platform.http;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What a request may take; the rest is among the {@code quarkus.http} settings of the service. */
@ConfigMapping(prefix = "roster.http")
public interface RequestLimits extends Checked {
    /** What is read of a head at all, as {@code quarkus.http.limits} says. */
    int LONGEST_HEAD = 131_072;

    /** Headers of a request, and of what follows its chunks: each takes a hundred bytes, however short it is. */
    int MOST_HEADERS = 200;

    /** Parameters of a query: the decoder of the server leaves out, without a word, those behind. */
    int MOST_PARAMETERS = 1_024;

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
     * {@code ROSTER_HTTP_HEAD_TIMEOUT}: the time in which the head of a request must have come,
     * from its first byte. Clients send it in one piece.
     */
    @WithDefault("10S")
    Duration headTimeout();

    /**
     * {@code ROSTER_HTTP_MAX_BODY}: bytes of a body. 1000 names of members, or 32 KiB of settings, fit several times. An
     * import is read line by line, and may be of any length.
     */
    @WithDefault("1M")
    MemorySize maxBody();

    /**
     * {@code ROSTER_HTTP_BODY_TIMEOUT}: the time in which a body must have come. 1 MB in half a
     * minute is what a poor mobile connection does; a client that is slower than that keeps a
     * connection for nothing.
     */
    @WithDefault("30S")
    Duration bodyTimeout();

    /**
     * {@code ROSTER_HTTP_BODY_MEMORY}: bytes of the bodies of all requests at once, e.g. {@code
     * 24M}. Without a value an eighth of the heap: a body is there up to three times, as it came,
     * in the buffer that grew with it, and as what it says.
     */
    Optional<MemorySize> bodyMemory();

    /**
     * {@code ROSTER_HTTP_CONNECTIONS_PER_ADDRESS}: connections at once from one address, or from
     * one /64 of IPv6; trusted proxies have as many as they like. Many programs stand behind one
     * gateway; a stranger shall not take all connections.
     */
    @WithDefault("256")
    int connectionsPerAddress();

    @Override
    default void check(Rules rules) {
        Duration second = Duration.ofSeconds(1);
        Duration longest = Duration.ofMinutes(10);
        rules.requireBetween(1, maxUri(), LONGEST_HEAD, "ROSTER_HTTP_MAX_URI");
        rules.requireBetween(1, maxHeaders(), LONGEST_HEAD, "ROSTER_HTTP_MAX_HEADERS");
        rules.requireBetween(second, headTimeout(), longest, "ROSTER_HTTP_HEAD_TIMEOUT");
        rules.requireBetween(second, bodyTimeout(), longest, "ROSTER_HTTP_BODY_TIMEOUT");
        // One that is read whole is in one array
        rules.requireBetween(1, maxBody(), Integer.MAX_VALUE, "ROSTER_HTTP_MAX_BODY");
        rules.require(connectionsPerAddress() > 0, "ROSTER_HTTP_CONNECTIONS_PER_ADDRESS must be at least 1");
        rules.require(
                bodyMemory().map(size -> size.asLongValue() >= SmallBody.MOST).orElse(true),
                "ROSTER_HTTP_BODY_MEMORY must be at least " + SmallBody.MOST + " bytes");
    }
}
