package dev.roster.access.password;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.SignInClients;
import dev.roster.access.password.SignInReads.PasswordAccount;
import dev.roster.access.session.SignInProof;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.TokenGrants;
import dev.roster.access.token.TokenTerms;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.PasswordRenewal;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Signs persons in by their password. */
@ApplicationScoped
public class SignIns {
    private final PasswordProof proof;
    private final KnownNetworks networks;
    private final PasswordRenewal renewal;
    private final SignInClients clients;
    private final TokenGrants grants;

    SignIns(
            PasswordProof proof,
            KnownNetworks networks,
            PasswordRenewal renewal,
            SignInClients clients,
            TokenGrants grants) {
        this.proof = proof;
        this.networks = networks;
        this.renewal = renewal;
        this.clients = clients;
        this.grants = grants;
    }

    /**
     * A token in a new session. {@code invalid_credentials} is the one answer for a wrong password
     * and for an account that does not exist or may not sign in, after the same work; {@code
     * password_blocked}, {@code rate_limited}, {@code unavailable} where too many passwords wait to
     * be checked. With a password that has expired the token is good for changing it only.
     */
    public Uni<AccessToken> signIn(PasswordSignIn request) {
        return signInOnce(request)
                // Another sign-in may have hashed the same password anew
                .chain(token -> token.isPresent() ? Uni.createFrom().item(token) : signInOnce(request))
                .map(token -> token.orElseThrow(ErrorCode.INVALID_CREDENTIALS::refusal));
    }

    /** Empty where the account, its role or the hash of its password was changed meanwhile. */
    private Uni<Optional<AccessToken>> signInOnce(PasswordSignIn request) {
        return proof.of(request)
                .map(proven -> proven.orElseThrow(ErrorCode.INVALID_CREDENTIALS::refusal))
                .chain(account -> grant(account, request)
                        .call(token -> token.isPresent()
                                ? follow(account, request)
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Void> follow(PasswordAccount account, PasswordSignIn request) {
        return networks.remember(account.organizationId(), account.userId(), PasswordProof.network(request))
                .chain(() -> renewal.renew(
                        account.organizationId(),
                        account.userId(),
                        request.password(),
                        account.passwordHash(),
                        PasswordProof.asker(request, Optional.of(account))));
    }

    private Uni<Optional<AccessToken>> grant(PasswordAccount account, PasswordSignIn request) {
        SignInProof proof = SignInProof.ofPassword(account.passwordHash(), account.passwordExpired());
        TokenTerms terms = new TokenTerms(request.scope(), request.origin(), proof);
        return client(account).chain(client -> grants.grantTo(client, terms));
    }

    private Uni<AuthenticatedClient> client(PasswordAccount account) {
        return account.clientId() == null
                ? makeClient(account)
                : Uni.createFrom()
                        .item(SignInClients.authenticated(
                                account.organizationId(),
                                account.organization(),
                                account.organizationGeneration(),
                                account.userId(),
                                account.role(),
                                account.clientId()));
    }

    private Uni<AuthenticatedClient> makeClient(PasswordAccount account) {
        return UnitOfWork.transaction(() -> UniqueRow.required(
                        User.lockById(account.organizationId(), account.userId()),
                        ErrorCode.INVALID_CREDENTIALS::refusal)
                .chain(user -> clients.of(user, account.organization(), account.organizationGeneration())));
    }
}
