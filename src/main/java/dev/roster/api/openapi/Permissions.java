package dev.roster.api.openapi;

import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/** Documents which scope an endpoint needs: any one of those that it allows. */
final class Permissions {
    /** How a client gets the token that it sends as {@code Bearer}. */
    private static final String OAUTH2 = "oauth2";

    private Permissions() {}

    static void document(Endpoint endpoint) {
        Operation operation = endpoint.operation();
        operation.setSecurity(
                endpoint.schemes().stream()
                        .flatMap(
                                scheme ->
                                        endpoint.permissions().stream()
                                                .map(scope -> requirement(scheme, scope)))
                        .toList());
        operation.setDescription(
                operation.getDescription() == null
                        ? sentence(endpoint)
                        : operation.getDescription().strip() + "\n\n" + sentence(endpoint));
    }

    private static SecurityRequirement requirement(String scheme, String scope) {
        String name = scheme.equals("Bearer") ? OAUTH2 : scheme;
        return OASFactory.createSecurityRequirement().addScheme(name, List.of(scope));
    }

    private static String sentence(Endpoint endpoint) {
        return endpoint.isSecured()
                ? endpoint.permissions().stream()
                        .map(scope -> "`" + scope + "`")
                        .collect(Collectors.joining(" or ", "Permission: the scope ", "."))
                : "Permission: no scope is needed.";
    }
}
