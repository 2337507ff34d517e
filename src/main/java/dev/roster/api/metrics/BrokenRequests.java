package dev.roster.api.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/** Counts requests whose connection broke without their paths, which nobody has checked. */
@Singleton
public class BrokenRequests implements MeterFilter {
    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals("http.server.requests") && "RESET".equals(id.getTag("status"))
                ? id.replaceTags(java.util.List.of(
                        Tag.of("contract", "none"),
                        Tag.of("method", "OTHER"),
                        Tag.of("outcome", "CLIENT_ERROR"),
                        Tag.of("status", "RESET"),
                        Tag.of("uri", "UNKNOWN")))
                : id;
    }
}
