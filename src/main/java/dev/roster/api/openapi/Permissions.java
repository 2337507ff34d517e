package dev.roster.api.openapi;

import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/** Documents which scope an endpoint needs: any one of those that it allows. */
final class Permissions {
    private static final String SCHEME = "oauth2";

    private Permissions() {}

    static void document(Endpoint endpoint) {
        Operation operation = endpoint.operation();
        operation.setSecurity(
                endpoint.permissions().stream().map(Permissions::requirement).toList());
        operation.setDescription(
                operation.getDescription() == null
                        ? sentence(endpoint)
                        : operation.getDescription().strip() + "\n\n" + sentence(endpoint));
    }

    private static SecurityRequirement requirement(String scope) {
        return OASFactory.createSecurityRequirement().addScheme(SCHEME, List.of(scope));
    }

    private static String sentence(Endpoint endpoint) {
        return endpoint.isSecured()
                ? endpoint.permissions().stream()
                        .map(scope -> "`" + scope + "`")
                        .collect(Collectors.joining(" or ", "Permission: the scope ", "."))
                : "Permission: none, this is public.";
    }
}
