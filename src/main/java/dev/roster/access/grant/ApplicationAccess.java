package dev.roster.access.grant;

import dev.roster.access.application.Application;
import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.openid.IdTokenTerms;
import dev.roster.access.openid.IdTokens;
import dev.roster.access.session.OpenSession;
import dev.roster.access.session.TokenSpan;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.access.token.TokenIssuer;
import dev.roster.access.token.TokenSubject;
import dev.roster.caller.Issuer;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.user.User;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/** What an application may do for an account at present: what was granted, as far as both still have it. */
@ApplicationScoped
class ApplicationAccess {
    private final TokenIssuer tokens;
    private final IdTokens idTokens;
    private final Issuer issuer;
    private final Clock clock;

    ApplicationAccess(TokenIssuer tokens, IdTokens idTokens, Issuer issuer, Clock clock) {
        this.tokens = tokens;
        this.idTokens = idTokens;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Whether the account may use the application at all. */
    Uni<Boolean> isAllowed(AuthenticatedApplication application, User account) {
        return account.status != UserStatus.ACTIVE
                ? Uni.createFrom().item(false)
                : Application.isFor(account.organizationId, application.id(), account.id);
    }

    /** How long a token is good that is issued now, if its session lasts. */
    TokenSpan usualSpan() {
        return TokenSpan.from(clock.instant(), issuer.tokenLifetime());
    }

    /**
     * The scopes of an access token.
     *
     * @param role what it may do for its account at most
     * @throws OAuthError if nothing is left of those that were asked for
     */
    static Collection<String> scopes(AuthenticatedApplication application, Role role, Collection<String> asked) {
        Collection<String> allowed = present(application, role, asked);
        Code.INVALID_SCOPE.unless(
                !allowed.isEmpty(), "The account or the application has none of these scopes any more");
        return allowed;
    }

    /** What of some scopes both still have. */
    static Collection<String> present(AuthenticatedApplication application, Role role, Collection<String> asked) {
        Collection<String> present = new TreeSet<>(asked);
        present.retainAll(application.scopes());
        present.removeIf(scope -> !role.mayPassOn(scope));
        return present;
    }

    /** What is granted to a locked account, with all that is to be read; nothing is signed while others wait for the lock. */
    Uni<Granted> granted(
            AuthenticatedApplication application,
            User account,
            ApplicationGrant grant,
            String nonce,
            Collection<String> scopes,
            String refreshToken,
            TokenSpan span,
            boolean ended) {
        Uni<Map<String, Object>> person = scopes.contains(Scope.OPENID)
                ? IdTokens.person(account, scopes)
                : Uni.createFrom().item(Map.of());
        return person.map(claims -> new Granted(
                application,
                account.id,
                grant.role(account),
                new OpenSession(grant.id, account.tokenGeneration),
                grant.authenticatedAt,
                nonce,
                scopes,
                claims,
                refreshToken,
                span,
                ended));
    }

    /** The signed tokens of what was granted. */
    Uni<GrantedTokens> tokens(Granted granted) {
        return accessToken(granted).chain(accessToken -> tokens(granted, accessToken));
    }

    private Uni<GrantedTokens> tokens(Granted granted, String accessToken) {
        return granted.scopes().contains(Scope.OPENID)
                ? idTokens.issue(idToken(granted, accessToken)).map(idToken -> answer(granted, accessToken, idToken))
                : Uni.createFrom().item(answer(granted, accessToken, null));
    }

    private Uni<String> accessToken(Granted granted) {
        AuthenticatedApplication application = granted.application();
        TokenSubject subject = new TokenSubject(
                application.organizationId(),
                application.organization(),
                application.organizationGeneration(),
                granted.userId(),
                granted.role(),
                application.clientId());
        return tokens.issue(
                subject,
                granted.session(),
                scope(granted),
                granted.span().issuedAt(),
                granted.span().end(),
                granted.authenticatedAt());
    }

    private IdTokenTerms idToken(Granted granted, String accessToken) {
        return new IdTokenTerms(
                granted.application(),
                granted.person(),
                granted.session().id(),
                granted.authenticatedAt(),
                granted.nonce(),
                accessToken,
                granted.span().issuedAt(),
                granted.span().end());
    }

    private static GrantedTokens answer(Granted granted, String accessToken, String idToken) {
        return new GrantedTokens(
                accessToken, "Bearer", granted.span().seconds(), granted.refreshToken(), idToken, scope(granted));
    }

    private static String scope(Granted granted) {
        return String.join(" ", granted.scopes());
    }
}
