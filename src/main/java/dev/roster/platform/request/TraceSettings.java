package dev.roster.platform.request;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where traces go, as far as it is checked here; all of it goes to Quarkus. */
@Unremovable
@ConfigMapping(prefix = "otel")
public interface TraceSettings extends Checked {
    Pattern PROTOCOL = Pattern.compile("grpc|http/protobuf");

    // A name is that of RFC 9110 section 5.1; values go to the collector as they are, though the standard encodes them
    Pattern HEADERS = pairs("[A-Za-z0-9!#$%&'*+.^_`|~-]+", "(?:(?!%[0-9A-Fa-f]{2})[\\x20-\\x2b\\x2d-\\x7e])*+");

    // Values are percent-encoded (OpenTelemetry, "Resource SDK")
    Pattern ATTRIBUTES = pairs("[^=,%\\p{Cntrl}]+", "(?:[^,%\\p{Cntrl}]++|%[0-9A-Fa-f]{2})*+");

    /** {@code OTEL_SDK_DISABLED}: false turns tracing on. */
    @WithName("sdk.disabled")
    @WithDefault("true")
    boolean disabled();

    /** {@code OTEL_EXPORTER_OTLP_ENDPOINT}: the collector, on this machine unless it is set. */
    @WithName("exporter.otlp.endpoint")
    Optional<String> endpoint();

    /** {@code OTEL_EXPORTER_OTLP_PROTOCOL}: how spans go there, grpc unless it is set. */
    @WithName("exporter.otlp.protocol")
    Optional<String> protocol();

    /** {@code OTEL_EXPORTER_OTLP_HEADERS}: what the collector asks for. */
    @WithName("exporter.otlp.headers")
    Optional<String> headers();

    /** {@code OTEL_TRACES_SAMPLER_ARG}: the share of traces that are kept. */
    @WithName("traces.sampler.arg")
    Optional<String> share();

    /** {@code OTEL_RESOURCE_ATTRIBUTES}: more about the service. */
    @WithName("resource.attributes")
    Optional<String> attributes();

    @Override
    default void check(Rules rules) {
        // Shared with programs beside this one, which may read something else in them
        if (disabled()) {
            return;
        }
        endpoint().ifPresent(url -> rules.requirePage(url, "OTEL_EXPORTER_OTLP_ENDPOINT"));
        rules.require(
                protocol().map(PROTOCOL.asMatchPredicate()::test).orElse(true),
                "OTEL_EXPORTER_OTLP_PROTOCOL must be grpc or http/protobuf");
        rules.require(
                headers().map(HEADERS.asMatchPredicate()::test).orElse(true),
                "OTEL_EXPORTER_OTLP_HEADERS must be name=value, several with commas between, not percent-encoded");
        rules.require(
                share().map(TraceSettings::isShare).orElse(true),
                "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1");
        rules.require(
                attributes().map(ATTRIBUTES.asMatchPredicate()::test).orElse(true),
                "OTEL_RESOURCE_ATTRIBUTES must be name=value, several with commas between");
    }

    /** One that is empty, as behind a comma at the end, is not read. */
    private static Pattern pairs(String name, String value) {
        String pair = "(?: *" + name + " *=" + value + ")?";
        return Pattern.compile(pair + "(?:," + pair + ")*+");
    }

    private static boolean isShare(String text) {
        try {
            double share = Double.parseDouble(text);
            return share >= 0 && share <= 1;
        } catch (NumberFormatException none) {
            return false;
        }
    }
}
