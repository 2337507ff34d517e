package dev.roster.api.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.List;

/** Mends what the framework measures by itself. */
@Singleton
public class FrameworkMeters implements MeterFilter {
    private static final String POOL = "sql.";

    /** Leaves out what it says of the pool of connections, which is wrong after a refusal: the pool has meters of its own. */
    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith(POOL) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    /** Counts requests whose connection broke without their paths, which nobody has checked. */
    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals("http.server.requests") && "RESET".equals(id.getTag("status"))
                ? id.replaceTags(List.of(
                        Tag.of("contract", "none"),
                        Tag.of("method", "OTHER"),
                        Tag.of("outcome", "CLIENT_ERROR"),
                        Tag.of("status", "RESET"),
                        Tag.of("uri", "UNKNOWN")))
                : id;
    }
}
