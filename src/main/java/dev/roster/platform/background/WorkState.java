package dev.roster.platform.background;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Whether work that nobody waits for succeeds: what fails is counted, and the log tells when it begins to fail and when it
 * succeeds again.
 */
public final class WorkState {
    private static final Logger LOG = Logger.getLogger(WorkState.class);

    private final String name;
    private final Counter failures;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param name of the work in the log and the metric {@code roster.background.failures} */
    public WorkState(String name, MeterRegistry metrics) {
        this.name = name;
        failures = metrics.counter("roster.background.failures", "work", name);
    }

    public void succeed() {
        if (failing.compareAndSet(true, false)) {
            LOG.infof("%s succeeds again", name);
        }
    }

    public void fail(Throwable failure) {
        failures.increment();
        // A message of the database may show values of a row, which a log must not
        if (failing.compareAndSet(false, true)) {
            LOG.warnf(
                    "%s fails (%s), and is tried again",
                    name, failure.getClass().getName());
        }
        LOG.debugf(failure, "%s failed", name);
    }
}
