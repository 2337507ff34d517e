package dev.roster.testing;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Forgets the meters of a start at its end: their registry is one for all of a process, and would tell those of what is gone. */
@Singleton
class MetersOfOneStart {
    void forget(@Observes ShutdownEvent end) {
        Metrics.globalRegistry.clear();
    }
}
