package dev.roster.access.grant;

import dev.roster.access.application.ApplicationSecrets;
import dev.roster.access.client.ApplicationAuthentication;
import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.client.ClientAuthentication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.token.OAuthError;
import dev.roster.platform.http.Origin;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets applications into the OAuth endpoints, refusing the others as RFC 6749 section 5.2 says. */
@ApplicationScoped
public class ApplicationGate {
    private final ApplicationAuthentication applications;
    private final ClientAuthentication clients;
    private final ApplicationSecrets secrets;

    ApplicationGate(ApplicationAuthentication applications, ClientAuthentication clients, ApplicationSecrets secrets) {
        this.applications = applications;
        this.clients = clients;
        this.secrets = secrets;
    }

    /** Whether credentials are meant for an application; those without a secret can be for no other client. */
    public Uni<Boolean> isFor(ClientCredentials credentials) {
        return credentials.secret() == null ? Uni.createFrom().item(true) : applications.exists(credentials);
    }

    /** The application of these credentials; fails with {@link OAuthError}. */
    Uni<AuthenticatedApplication> admit(ClientCredentials credentials, Origin origin) {
        String address = origin.address();
        return OAuthError.unlessFound(applications.authenticate(
                        credentials, address, () -> OAuthError.unlessOther(clients.authenticate(credentials, address))))
                .call(found -> found.secretId() == null
                        ? Uni.createFrom().voidItem()
                        : secrets.used(found.organizationId(), found.secretId()));
    }
}
