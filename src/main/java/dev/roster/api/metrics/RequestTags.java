package dev.roster.api.metrics;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.All;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells requests apart by contract and route as clients know them. Whatever a client invents, a
 * path or a method, shares one value with all other inventions. And counts those that met a fault: the series of their
 * status begins with the first, of which Prometheus sees no increase.
 */
@Singleton
public class RequestTags implements HttpServerMetricsTagsContributor {
    // Where Quarkus keeps the template of the route; absent where none was found
    private static final String TEMPLATE = "UrlPathTemplate";

    private static final Tags NOT_FOUND = Tags.of("contract", "none", "uri", "NOT_FOUND");
    private static final Tags UNKNOWN = Tags.of("contract", "none", "uri", "UNKNOWN");
    private static final Tags OTHER_METHOD = Tags.of("method", "OTHER");
    private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private final List<ErrorRenderer> contracts;
    private final Counter faults;
    private final Map<String, Tags> tags = new ConcurrentHashMap<>();

    RequestTags(@All List<ErrorRenderer> contracts, MeterRegistry metrics) {
        this.contracts = contracts;
        faults = metrics.counter("roster.requests.failed");
    }

    @Override
    public Tags contribute(Context context) {
        if (context.response().statusCode() == ErrorCode.INTERNAL_ERROR.status()) {
            faults.increment();
        }
        Tags route = route(context);
        HttpMethod method = context.request().method();
        return METHODS.contains(method.name()) ? route : route.and(OTHER_METHOD);
    }

    private Tags route(Context context) {
        String template = context.requestContextLocalData(TEMPLATE);
        if (template != null) {
            return tags.computeIfAbsent(template, this::ofTemplate);
        }
        return context.response().statusCode() == 404 ? NOT_FOUND : UNKNOWN;
    }

    private Tags ofTemplate(String template) {
        for (ErrorRenderer contract : contracts) {
            Optional<String> route = contract.route(template);
            if (route.isPresent()) {
                return Tags.of("contract", contract.contract(), "uri", route.get());
            }
        }
        return Tags.of("contract", "none", "uri", template);
    }
}
