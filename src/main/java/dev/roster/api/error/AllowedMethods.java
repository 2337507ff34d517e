package dev.roster.api.error;

import dev.roster.platform.http.MatrixParameters;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * The methods that a path answers, for the {@code Allow} header that RFC 9110 section 15.5.6
 * demands: those of the most particular template that it matches, read from the routes of the REST
 * server. That knows them but does not say them, and for a method that {@code /users/me} lacks it
 * would take {@code me} for a name.
 */
@Singleton
public class AllowedMethods {
    private final AtomicReference<RequestMapper<InitialMatch>> resources = new AtomicReference<>();

    /** In the order of their names; empty where nothing is at the path. */
    Set<String> ofCurrentRequest() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        RequestMapper<InitialMatch> all = resources.updateAndGet(known -> known == null ? resources(request) : known);
        String path = request.getPathWithoutPrefix();
        RequestMatch<InitialMatch> resource = all.map(path);
        Set<String> methods = Set.of();
        while (resource != null && methods.isEmpty()) {
            methods = of(resource);
            resource = all.continueMatching(path, resource);
        }
        String matched = MatrixParameters.without(path);
        return methods.stream()
                .filter(method -> NamelessSegments.answers(matched, method))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static RequestMapper<InitialMatch> resources(ResteasyReactiveRequestContext request) {
        return new RequestMapper<>(request.getDeployment().getClassMappers());
    }

    private static Set<String> of(RequestMatch<InitialMatch> resource) {
        if (!(resource.value.handlers[0] instanceof ClassRoutingHandler routes)) {
            return Set.of();
        }
        String rest = resource.remaining.isEmpty() ? "/" : resource.remaining;
        Set<String> methods = new TreeSet<>();
        int literals = -1;
        for (var route : routes.getMappers().entrySet()) {
            RequestMatch<RuntimeResource> match = route.getValue().map(rest);
            if (route.getKey() == null || match == null) {
                continue;
            }
            // Jakarta REST section 3.7.2: the template with more literal characters comes first
            if (match.template.literalCharacterCount > literals) {
                literals = match.template.literalCharacterCount;
                methods.clear();
            }
            if (match.template.literalCharacterCount == literals) {
                methods.add(route.getKey());
            }
        }
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        methods.remove(HttpMethod.OPTIONS);
        return methods;
    }
}
