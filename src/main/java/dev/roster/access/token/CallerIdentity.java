package dev.roster.access.token;

import io.quarkus.security.StringPermission;
import io.quarkus.security.credential.Credential;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.security.Permission;
import java.security.Principal;
import java.util.Map;
import java.util.Set;

/**
 * An identity that may do what its token's scopes allow. It is made for every request, so it
 * borrows the token's permissions instead of copying them.
 */
final class CallerIdentity implements SecurityIdentity {
    private static final Uni<Boolean> ALLOWED = Uni.createFrom().item(true);
    private static final Uni<Boolean> REFUSED = Uni.createFrom().item(false);

    private final SecurityIdentity token;
    private final CallerPrincipal principal;

    CallerIdentity(SecurityIdentity token, CallerPrincipal principal) {
        this.token = token;
        this.principal = principal;
    }

    @Override
    public Uni<Boolean> checkPermission(Permission required) {
        if (principal.allows(required)) {
            return ALLOWED;
        }
        RoutingContext request = token.getAttribute(RoutingContext.class.getName());
        if (request != null && required instanceof StringPermission) {
            Challenges.refuse(request, scope(required));
        }
        return REFUSED;
    }

    private static String scope(Permission permission) {
        String actions = permission.getActions();
        return actions == null || actions.isEmpty() ? permission.getName() : permission.getName() + ":" + actions;
    }

    @Override
    public Principal getPrincipal() {
        return principal;
    }

    @Override
    public boolean isAnonymous() {
        return false;
    }

    @Override
    public Set<String> getRoles() {
        return token.getRoles();
    }

    @Override
    public boolean hasRole(String role) {
        return token.hasRole(role);
    }

    @Override
    public <T extends Credential> T getCredential(Class<T> credentialType) {
        return token.getCredential(credentialType);
    }

    @Override
    public Set<Credential> getCredentials() {
        return token.getCredentials();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the interface has it so
    public <T> T getAttribute(String name) {
        return token.getAttribute(name);
    }

    @Override
    public Map<String, Object> getAttributes() {
        return token.getAttributes();
    }

    @Override
    public Set<Permission> getPermissions() {
        return principal.permissions();
    }
}
