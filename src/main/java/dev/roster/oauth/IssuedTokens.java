package dev.roster.oauth;

import dev.roster.client.AuthenticatedClient;
import dev.roster.security.Caller;
import dev.roster.security.CallerPrincipal;
import dev.roster.security.PresentRights;
import dev.roster.security.Role;
import dev.roster.security.VerifiedTokens;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * What clients may ask and do about tokens that exist: introspection (RFC 7662) and revocation (RFC
 * 7009). Tokens of other organizations do not exist for them.
 */
@ApplicationScoped
public class IssuedTokens {
    private final ClientGate clients;
    private final VerifiedTokens tokens;
    private final PresentRights rights;
    private final TokenSessions sessions;
    private final Clock clock;

    IssuedTokens(
            ClientGate clients,
            VerifiedTokens tokens,
            PresentRights rights,
            TokenSessions sessions,
            Clock clock) {
        this.clients = clients;
        this.tokens = tokens;
        this.rights = rights;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What the token of the request says and whether it is still good. */
    Uni<Introspection> introspect(ClientRequest request) {
        String token = token(request);
        return clients.admit(request.credentials(), request.ipAddress())
                .map(client -> find(token, client))
                .chain(
                        found ->
                                found.map(this::describe)
                                        .orElse(Uni.createFrom().item(Introspection.INACTIVE)));
    }

    /** Ends the session of the request's token; there is nothing to do for one that is not good. */
    Uni<Void> revoke(ClientRequest request) {
        String token = token(request);
        return clients.admit(request.credentials(), request.ipAddress())
                .chain(
                        client ->
                                find(token, client)
                                        .map(principal -> end(principal.caller(), client))
                                        .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<Introspection> describe(CallerPrincipal token) {
        return rights.of(token)
                .chain(
                        present ->
                                sessions.username(present.caller())
                                        .map(
                                                username ->
                                                        username.map(
                                                                        name ->
                                                                                Introspection.of(
                                                                                        present,
                                                                                        name))
                                                                .orElse(Introspection.INACTIVE)))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithItem(Introspection.INACTIVE);
    }

    private Uni<Void> end(Caller caller, AuthenticatedClient client) {
        boolean own = caller.is(client.userId());
        if (!own && client.role() != Role.ADMIN) {
            throw new OAuthError(
                    OAuthError.Code.UNAUTHORIZED_CLIENT,
                    "The token belongs to another account of the organization");
        }
        return sessions.end(caller, client);
    }

    private Optional<CallerPrincipal> find(String token, AuthenticatedClient client) {
        try {
            CallerPrincipal principal = tokens.parse(token, null);
            boolean expired = principal.getExpirationTime() <= clock.instant().getEpochSecond();
            boolean foreign = !principal.caller().organizationId().equals(client.organizationId());
            return expired || foreign ? Optional.empty() : Optional.of(principal);
        } catch (ParseException notValid) {
            return Optional.empty();
        }
    }

    // Its hint is of no use: all tokens are of one type
    private static String token(ClientRequest request) {
        return request.form()
                .get("token")
                .orElseThrow(() -> OAuthError.invalidRequest("token is missing"));
    }
}
