package dev.roster.signin;

import dev.roster.client.AuthenticatedClient;
import dev.roster.client.SignInAttempts;
import dev.roster.client.SignInClients;
import dev.roster.oauth.AccessToken;
import dev.roster.oauth.TokenGrants;
import dev.roster.oauth.TokenTerms;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.signin.SignInReads.Account;
import dev.roster.user.Passwords;
import dev.roster.user.User;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Signs persons in by their password. */
@ApplicationScoped
public class SignIns {
    private final SignInReads reads;
    private final SignInAttempts attempts;
    private final SignInFailures failures;
    private final SignInClients clients;
    private final Passwords passwords;
    private final TokenGrants grants;

    SignIns(
            SignInReads reads,
            SignInAttempts attempts,
            SignInFailures failures,
            SignInClients clients,
            Passwords passwords,
            TokenGrants grants) {
        this.reads = reads;
        this.attempts = attempts;
        this.failures = failures;
        this.clients = clients;
        this.passwords = passwords;
        this.grants = grants;
    }

    /**
     * A token in a new session. {@code invalid_credentials} is the one answer for a wrong password
     * and for an account that does not exist or may not sign in, after the same work; {@code
     * password_expired}, {@code rate_limited}, {@code unavailable} where too many passwords wait to
     * be checked.
     */
    public Uni<AccessToken> signIn(PasswordSignIn request) {
        return attempts.guard(
                        request.organization(),
                        request.name(),
                        request.ipAddress(),
                        () -> prove(request))
                .map(proven -> proven.orElseThrow(SignIns::refused))
                .invoke(SignIns::requireFreshPassword)
                .chain(account -> grant(account, request))
                .map(token -> token.orElseThrow(SignIns::refused));
    }

    private Uni<Optional<Account>> prove(PasswordSignIn request) {
        return reads.find(request.organization(), request.name())
                .chain(
                        found ->
                                passwords
                                        .matches(
                                                request.password(),
                                                found.map(Account::passwordHash).orElse(null))
                                        .map(matches -> found.filter(account -> matches))
                                        .call(
                                                proven ->
                                                        proven.isPresent()
                                                                ? Uni.createFrom().voidItem()
                                                                : failures.add(request, found)));
    }

    private static void requireFreshPassword(Account account) {
        if (account.passwordExpired()) {
            throw RosterException.of(ErrorCode.PASSWORD_EXPIRED);
        }
    }

    /** Empty where the account, its role or its password was changed meanwhile. */
    private Uni<Optional<AccessToken>> grant(Account account, PasswordSignIn request) {
        TokenTerms terms =
                new TokenTerms(
                        request.scope(),
                        request.userAgent(),
                        request.ipAddress(),
                        account.passwordHash());
        return client(account).chain(client -> grants.grantTo(client, terms));
    }

    private Uni<AuthenticatedClient> client(Account account) {
        return account.clientId() == null
                ? makeClient(account)
                : Uni.createFrom()
                        .item(
                                SignInClients.authenticated(
                                        account.organizationId(),
                                        account.organization(),
                                        account.userId(),
                                        account.role(),
                                        account.clientId()));
    }

    private Uni<AuthenticatedClient> makeClient(Account account) {
        return Panache.withTransaction(
                () ->
                        User.lockById(account.organizationId(), account.userId())
                                .onItem()
                                .ifNull()
                                .failWith(SignIns::refused)
                                .chain(user -> clients.of(user, account.organization())));
    }

    private static RosterException refused() {
        return RosterException.of(ErrorCode.INVALID_CREDENTIALS);
    }
}
