package dev.roster.access.grant;

import dev.roster.access.application.Application;
import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.session.OpenSession;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.access.token.TokenIssuer;
import dev.roster.access.token.TokenSubject;
import dev.roster.caller.Issuer;
import dev.roster.user.User;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What an application may do for an account at present: what was granted, as far as both still have it. */
@ApplicationScoped
class ApplicationAccess {
    private final TokenIssuer tokens;
    private final Issuer issuer;
    private final Clock clock;

    ApplicationAccess(TokenIssuer tokens, Issuer issuer, Clock clock) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Whether the account may use the application at all. */
    Uni<Boolean> isAllowed(AuthenticatedApplication application, User account) {
        return account.status != UserStatus.ACTIVE
                ? Uni.createFrom().item(false)
                : Application.isFor(account.organizationId, application.id(), account.id);
    }

    /** When an access token ends that is issued now. */
    Instant end() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(issuer.tokenLifetime());
    }

    /**
     * The scopes of an access token.
     *
     * @throws OAuthError if nothing is left of those that were asked for
     */
    static Collection<String> scopes(AuthenticatedApplication application, User account, Collection<String> asked) {
        Collection<String> allowed = new TreeSet<>(asked);
        allowed.retainAll(application.scopes());
        allowed.retainAll(account.role.scopes());
        if (allowed.isEmpty()) {
            throw new OAuthError(
                    Code.INVALID_SCOPE, "The account or the application has none of these scopes any more");
        }
        return allowed;
    }

    /** The answer with an access token of these scopes and a refresh token. */
    GrantedTokens tokens(
            AuthenticatedApplication application,
            User account,
            ApplicationGrant grant,
            Collection<String> scopes,
            String refreshToken) {
        Instant end = end();
        Duration life = issuer.tokenLifetime();
        TokenSubject subject = new TokenSubject(
                account.organizationId,
                application.organization(),
                application.organizationGeneration(),
                account.id,
                account.role,
                application.clientId());
        String scope = String.join(" ", List.copyOf(scopes));
        String token = tokens.issue(
                subject,
                new OpenSession(grant.id, account.tokenGeneration),
                scope,
                end.minus(life),
                end,
                grant.authenticatedAt);
        return new GrantedTokens(token, "Bearer", life.toSeconds(), refreshToken, scope);
    }
}
