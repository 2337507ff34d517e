package dev.roster.access.token;

import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.ClientAuthentication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.session.Sessions;
import dev.roster.access.session.Standings;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * What clients may ask and do about tokens that exist: introspection (RFC 7662) and revocation (RFC
 * 7009). Tokens of other organizations do not exist for them.
 */
@ApplicationScoped
public class IssuedTokens {
    private final ClientAuthentication clients;
    private final VerifiedTokens tokens;
    private final PresentRights rights;
    private final Standings standings;
    private final Sessions sessions;
    private final Clock clock;

    IssuedTokens(
            ClientAuthentication clients,
            VerifiedTokens tokens,
            PresentRights rights,
            Standings standings,
            Sessions sessions,
            Clock clock) {
        this.clients = clients;
        this.tokens = tokens;
        this.rights = rights;
        this.standings = standings;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * What a token says and whether it is still good.
     *
     * @param address where the request comes from; null where that is not known
     */
    public Uni<Introspection> introspect(ClientCredentials credentials, String address, String token) {
        return admit(credentials, address)
                .map(client -> find(token, client.organizationId()))
                .chain(found ->
                        found.map(this::describe).orElse(Uni.createFrom().item(Introspection.INACTIVE)));
    }

    /** The same for an application, to which only its own tokens exist. */
    public Uni<Introspection> introspect(AuthenticatedApplication application, String token) {
        return own(application, token)
                .map(this::describe)
                .orElse(Uni.createFrom().item(Introspection.INACTIVE));
    }

    /** Whose token of an application this is; empty where it is not good, or none of it. */
    public Optional<Caller> find(AuthenticatedApplication application, String token) {
        return own(application, token).map(CallerPrincipal::caller);
    }

    private Optional<CallerPrincipal> own(AuthenticatedApplication application, String token) {
        return find(token, application.organizationId())
                .filter(principal -> principal.caller().clientId().equals(application.clientId()));
    }

    /** Ends the session of a token; there is nothing to do for one that is not good. */
    public Uni<Void> revoke(ClientCredentials credentials, String address, String token) {
        return admit(credentials, address).chain(client -> find(token, client.organizationId())
                .map(principal -> end(principal.caller(), client))
                .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<AuthenticatedClient> admit(ClientCredentials credentials, String address) {
        return OAuthError.unlessFound(clients.authenticate(credentials, address));
    }

    // As the database has it: what this replica has not heard yet may have ended it
    private Uni<Introspection> describe(CallerPrincipal token) {
        return rights.of(token)
                .chain(present -> standings.find(present.caller()).map(found -> found.filter(
                                standing -> token.isApiKey() || token.isWithin(standing))
                        .map(standing -> Introspection.of(present, standing.username()))
                        .orElse(Introspection.INACTIVE)))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithItem(Introspection.INACTIVE);
    }

    private Uni<Void> end(Caller caller, AuthenticatedClient client) {
        OAuthError.Code.UNAUTHORIZED_CLIENT.unless(
                caller.is(client.userId()) || client.role() == Role.ADMIN,
                "The token belongs to another account of the organization");
        return sessions.endOf(caller, client.userId(), client.clientId());
    }

    private Optional<CallerPrincipal> find(String token, UUID organizationId) {
        try {
            CallerPrincipal principal = tokens.parse(token, null);
            boolean expired = principal.getExpirationTime() <= clock.instant().getEpochSecond();
            boolean foreign = !principal.caller().organizationId().equals(organizationId);
            return expired || foreign ? Optional.empty() : Optional.of(principal);
        } catch (ParseException notValid) {
            return Optional.empty();
        }
    }
}
