package dev.roster.invite;

import dev.roster.client.ClientCredentials;
import dev.roster.client.Clients;
import dev.roster.client.IssuedClient;
import dev.roster.oauth.AccessToken;
import dev.roster.oauth.TokenGrants;
import dev.roster.oauth.TokenRequest;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.security.Issuer;
import dev.roster.user.Passwords;
import dev.roster.user.User;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The use case of the invited person: accept, once. Who holds the token of an invite is that
 * person; there is no account to authenticate before.
 */
@ApplicationScoped
public class InviteAcceptance {
    private static final String CLIENT = "accepted invite";

    private final InviteReads reads;
    private final InviteLocks locks;
    private final Passwords passwords;
    private final Clients clients;
    private final TokenGrants grants;
    private final Users users;
    private final Issuer issuer;
    private final Clock clock;

    InviteAcceptance(
            InviteReads reads,
            InviteLocks locks,
            Passwords passwords,
            Clients clients,
            TokenGrants grants,
            Users users,
            Issuer issuer,
            Clock clock) {
        this.reads = reads;
        this.locks = locks;
        this.passwords = passwords;
        this.clients = clients;
        this.grants = grants;
        this.users = users;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Activates the account of an invite and signs it in; {@code invite_expired}, {@code
     * invite_revoked}, {@code invite_used}, {@code invite_resent}, {@code invalid_request} where
     * the password is refused.
     */
    public Uni<AcceptedInvite> accept(AcceptInvite acceptance) {
        InviteToken token = acceptance.token();
        // Checked before the password is hashed, which costs far more, and again behind the lock.
        return requireAcceptable(token)
                .chain(
                        organization ->
                                passwords
                                        .hash(acceptance.password())
                                        .chain(hash -> activate(acceptance, hash))
                                        .chain(activated -> signIn(activated, acceptance))
                                        .chain(access -> accepted(organization, access)));
    }

    private record Activated(User account, IssuedClient client) {}

    private record SignedIn(User account, AccessToken token) {}

    /** The name of the organization that invites. */
    private Uni<String> requireAcceptable(InviteToken token) {
        return reads.standing(token.organizationId(), token.inviteId())
                .map(found -> found.orElseThrow(InviteAcceptance::gone))
                .invoke(found -> found.state().requireAcceptable(token.id(), clock.instant()))
                .map(InviteReads.Standing::organization);
    }

    private Uni<Activated> activate(AcceptInvite acceptance, String hash) {
        InviteToken token = acceptance.token();
        return Panache.withTransaction(
                () ->
                        locks.lock(token.organizationId(), token.inviteId())
                                .invoke(locked -> activate(locked, acceptance, hash))
                                .chain(locked -> issueClient(locked.account())));
    }

    private void activate(InviteLocks.Locked locked, AcceptInvite acceptance, String hash) {
        Instant now = clock.instant();
        Invite invite = locked.invite();
        invite.state().requireAcceptable(acceptance.token().id(), now);
        InviteAccounts.requirePending(locked.account());
        User account = locked.account();
        account.status = UserStatus.ACTIVE;
        account.displayName = acceptance.name();
        account.passwordHash = hash;
        account.passwordExpired = false;
        account.touch(now);
        invite.close(InviteStatus.ACCEPTED, now);
        invite.acceptedAt = now;
    }

    /** A token needs a client: this one ends with the token, and nobody is told its secret. */
    private Uni<Activated> issueClient(User account) {
        Instant end = clock.instant().plus(issuer.tokenLifetime());
        return clients.issue(account.organizationId, account.id, CLIENT, end)
                .map(client -> new Activated(account, client));
    }

    private Uni<SignedIn> signIn(Activated activated, AcceptInvite acceptance) {
        IssuedClient client = activated.client();
        TokenRequest request =
                new TokenRequest(
                        new ClientCredentials(client.client().clientId, client.secret()),
                        Optional.empty(),
                        acceptance.userAgent(),
                        acceptance.ipAddress());
        return grants.grant(request).map(token -> new SignedIn(activated.account(), token));
    }

    private Uni<AcceptedInvite> accepted(String organization, SignedIn signedIn) {
        return users.view(signedIn.account())
                .map(view -> new AcceptedInvite(organization, view, signedIn.token()));
    }

    private static RosterException gone() {
        return RosterException.of(ErrorCode.INVITE_REVOKED);
    }
}
