package dev.roster.access.federation;

import dev.roster.access.client.SignInClients;
import dev.roster.access.federation.FederatedAccounts.DirectoryAccount;
import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.TokenGrants;
import dev.roster.access.token.TokenTerms;
import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.revocation.Revocations;
import dev.roster.user.AccessChanges;
import dev.roster.user.CallerStanding;
import dev.roster.user.LastAdmin;
import dev.roster.user.OwnCredentials;
import dev.roster.user.Proof;
import dev.roster.user.User;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Persons who sign in with a password, and want to do so through an issuer from then on. */
@ApplicationScoped
public class FederatedLinks {
    private final Users users;
    private final OwnCredentials credentials;
    private final FederatedAccounts accounts;
    private final AccessChanges access;
    private final SignInClients clients;
    private final TokenGrants grants;
    private final Revocations revocations;
    private final Clock clock;

    FederatedLinks(
            Users users,
            OwnCredentials credentials,
            FederatedAccounts accounts,
            AccessChanges access,
            SignInClients clients,
            TokenGrants grants,
            Revocations revocations,
            Clock clock) {
        this.users = users;
        this.credentials = credentials;
        this.accounts = accounts;
        this.access = access;
        this.clients = clients;
        this.grants = grants;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** Lets nobody begin but the person itself; fails as a change of what one signs in with does, {@code federated_account}. */
    public Uni<Void> requireProof(Caller caller, Proof proof) {
        return users.me(caller).chain(me -> {
            ErrorCode.FEDERATED_ACCOUNT.unless(me.oauthProvider() == null);
            return credentials.require(caller, me, proof).replaceWithVoid();
        });
    }

    /**
     * Makes the account of a caller that of a person whom an issuer has just signed in: its password and all its sessions
     * end, and it is signed in anew. Fails with {@link SignInRefused}, and with {@code last_admin_credential}.
     */
    public Uni<AccessToken> link(Caller caller, FederatedPerson person, Origin origin) {
        TokenTerms terms = TokenTerms.of(Optional.empty(), origin).provenBy(person.issuer());
        return accounts.read(person.token())
                .invoke(known -> {
                    if (known.id() != null) {
                        throw new SignInRefused(Reason.HAS_ACCOUNT, "the person has an account already");
                    }
                })
                .chain(known -> UnitOfWork.transaction(() -> User.lockById(caller.organizationId(), caller.userId())
                        .call(() -> CallerStanding.require(caller))
                        .chain(user -> link(user, person, known, terms))))
                .call(revocations::settleIfAny);
    }

    private Uni<AccessToken> link(User user, FederatedPerson person, DirectoryAccount known, TokenTerms terms) {
        if (user == null || user.status != UserStatus.ACTIVE || user.isFederated()) {
            throw new SignInRefused(Reason.NO_ACCOUNT, "the account is gone, or another issuer's");
        }
        Instant now = clock.instant();
        return access.apply(user, () -> {
                    user.belongTo(person.issuer(), person.subject());
                    user.touch(now);
                })
                .chain(() -> user.flush())
                .chain(() -> LastAdmin.keepCredential(user, now))
                .chain(() -> clients.of(user, known.organization(), known.organizationGeneration()))
                .chain(client -> grants.grantFirst(user, client, terms));
    }
}
