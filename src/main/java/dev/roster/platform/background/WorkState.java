package dev.roster.platform.background;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Whether work that nobody waits for succeeds: what fails is counted, and the log tells when it begins to fail and when it
 * succeeds again.
 */
public final class WorkState {
    private static final Logger LOG = Logger.getLogger(WorkState.class);

    private final String name;
    private final Counter failures;
    private final AtomicInteger failing = new AtomicInteger();

    /** @param name of the work in the log and the metrics {@code roster.background.failures} and {@code .failing} */
    public WorkState(String name, MeterRegistry metrics) {
        this.name = name;
        failures = metrics.counter("roster.background.failures", "work", name);
        Gauge.builder("roster.background.failing", failing, AtomicInteger::get)
                .tag("work", name)
                .description("How many times in a row background work has failed")
                .register(metrics);
    }

    public void succeed() {
        if (failing.getAndSet(0) > 0) {
            LOG.infof("%s succeeds again", name);
        }
    }

    public void fail(Throwable failure) {
        failures.increment();
        // A message of the database may show values of a row, which a log must not
        if (failing.getAndIncrement() == 0) {
            LOG.warnf(
                    "%s fails (%s), and is tried again",
                    name, failure.getClass().getName());
        }
        LOG.debugf(failure, "%s failed", name);
    }
}
