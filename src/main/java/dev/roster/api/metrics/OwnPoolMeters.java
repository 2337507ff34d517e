package dev.roster.api.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;

/** Leaves out what the framework says of the pool of connections, which is wrong after a refusal: the pool has meters of its own. */
@Singleton
public class OwnPoolMeters implements MeterFilter {
    private static final String POOL = "sql.";

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith(POOL) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }
}
