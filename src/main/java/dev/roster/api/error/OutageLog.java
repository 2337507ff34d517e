package dev.roster.api.error;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Writes one line a minute about what every request meets during an outage: anyone can send
 * requests, and shall not fill the log with them.
 */
final class OutageLog {
    private static final Logger LOG = Logger.getLogger(OutageLog.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE);
    private final AtomicInteger before = new AtomicInteger();

    void add(String requestId, Throwable cause) {
        long now = System.nanoTime();
        long written = last.get();
        if (now - written < PAUSE || !last.compareAndSet(written, now)) {
            before.incrementAndGet();
            return;
        }
        LOG.warnf(
                "unavailable in request %s: %s; %d more since the last such line",
                requestId, cause, before.getAndSet(0));
    }
}
