package dev.roster.platform.http;

import io.quarkus.arc.All;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How long the body of a request may be: the same whether its head says its length or not. */
@ApplicationScoped
public class BodyLimits {
    private final long longest;
    private final Set<String> streamed;

    BodyLimits(RequestLimits limits, @All List<StreamedResource> streamed) {
        this.longest = limits.maxBody().asLongValue();
        this.streamed = streamed.stream().map(StreamedResource::path).collect(Collectors.toUnmodifiableSet());
    }

    /** Bytes, as far as the head of the request tells; an operation may be content with less. */
    public long longest(RoutingContext http) {
        if (isStreamed(http)) {
            return Long.MAX_VALUE;
        }
        return RequestBody.isForm(http.request()) ? SmallBody.MOST : longest;
    }

    /** Whether the operation reads the body piece by piece: by the path as it is matched, however it is written. */
    boolean isStreamed(RoutingContext http) {
        return http.request().method().equals(HttpMethod.POST)
                && streamed.contains(MatrixParameters.place(http.normalizedPath()));
    }
}
