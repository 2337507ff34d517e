package dev.roster.access.password;

import dev.roster.access.apikey.ApiKeys;
import dev.roster.access.client.Clients;
import dev.roster.access.client.SignInClients;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.TokenGrants;
import dev.roster.access.token.TokenTerms;
import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.Origin;
import dev.roster.user.OwnCredentials;
import dev.roster.user.Proof;
import dev.roster.user.User;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The use case of a person who changes its own password and goes on in a new session. */
@ApplicationScoped
public class PasswordChanges {
    private static final String REASON = "password_changed";

    private final Users users;
    private final OwnCredentials credentials;
    private final SignInReads reads;
    private final ApiKeys keys;
    private final Clients secrets;
    private final SignInClients clients;
    private final TokenGrants grants;

    PasswordChanges(
            Users users,
            OwnCredentials credentials,
            SignInReads reads,
            ApiKeys keys,
            Clients secrets,
            SignInClients clients,
            TokenGrants grants) {
        this.users = users;
        this.credentials = credentials;
        this.reads = reads;
        this.keys = keys;
        this.secrets = secrets;
        this.clients = clients;
        this.grants = grants;
    }

    /**
     * Changes the password, ends what was signed in before ({@link
     * dev.roster.access.session.AccountSessions#onPasswordChange}) and signs in anew, all or nothing. It fails as any
     * change of one's own credentials does; {@code forbidden} for who signs in at another issuer.
     */
    public Uni<AccessToken> change(Caller caller, ChangePassword change) {
        return reads.generation(caller.organizationId())
                .chain(generation -> users.changePassword(
                        caller,
                        change.newPassword(),
                        new Proof(change.currentPassword(), change.origin().address()),
                        account -> renew(account, caller.organization(), generation, change)));
    }

    /** Whether the caller's password is this one; another one counts as a guess. */
    public Uni<Boolean> isPresent(Caller caller, String password, Origin origin) {
        return users.me(caller)
                .chain(me -> credentials.require(caller, me, new Proof(password, origin.address())))
                .replaceWith(true)
                .onFailure(ErrorCode.WRONG_PASSWORD::isOf)
                .recoverWithItem(false);
    }

    // The account's sessions have ended by now: the new one is not among them
    private Uni<AccessToken> renew(User account, String organization, int generation, ChangePassword change) {
        TokenTerms terms = TokenTerms.of(Optional.empty(), change.origin());
        Uni<Void> ended = change.revokeKeys()
                ? keys.revokeAll(account, REASON).chain(() -> secrets.revokeSecrets(account, REASON))
                : Uni.createFrom().voidItem();
        return ended.chain(() -> clients.of(account, organization, generation))
                .chain(client -> grants.grantFirst(account, client, terms));
    }
}
