package dev.roster.api.error;

import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;

/**
 * The methods that a path answers, for the {@code Allow} header that RFC 9110 section 15.5.6
 * demands: read from the routes of the REST server, which knows them but does not say them.
 */
final class AllowedMethods {
    private AllowedMethods() {}

    static Set<String> ofCurrentRequest() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        RequestMapper<InitialMatch> resources =
                new RequestMapper<>(request.getDeployment().getClassMappers());
        String path = request.getPathWithoutPrefix();
        RequestMatch<InitialMatch> resource = resources.map(path);
        Set<String> methods = Set.of();
        while (resource != null && methods.isEmpty()) {
            methods = of(resource);
            resource = resources.continueMatching(path, resource);
        }
        return methods;
    }

    private static Set<String> of(RequestMatch<InitialMatch> resource) {
        if (!(resource.value.handlers[0] instanceof ClassRoutingHandler routes)) {
            return Set.of();
        }
        String rest = resource.remaining.isEmpty() ? "/" : resource.remaining;
        Set<String> methods =
                routes.getMappers().entrySet().stream()
                        .filter(route -> route.getKey() != null)
                        .filter(route -> route.getValue().map(rest) != null)
                        .map(route -> route.getKey())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        methods.remove(HttpMethod.OPTIONS);
        return methods;
    }
}
