package dev.roster.invite;

import dev.roster.access.client.SignInClients;
import dev.roster.access.password.KnownNetworks;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.LinkToken;
import dev.roster.access.token.TokenGrants;
import dev.roster.access.token.TokenTerms;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.group.Memberships;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Network;
import dev.roster.user.Asker;
import dev.roster.user.ContextWords;
import dev.roster.user.Passwords;
import dev.roster.user.User;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
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
    private final InviteReads reads;
    private final InviteLocks locks;
    private final Passwords passwords;
    private final SignInClients clients;
    private final TokenGrants grants;
    private final Memberships memberships;
    private final KnownNetworks networks;
    private final AuditLog audit;
    private final Clock clock;

    InviteAcceptance(
            InviteReads reads,
            InviteLocks locks,
            Passwords passwords,
            SignInClients clients,
            TokenGrants grants,
            Memberships memberships,
            KnownNetworks networks,
            AuditLog audit,
            Clock clock) {
        this.reads = reads;
        this.locks = locks;
        this.passwords = passwords;
        this.clients = clients;
        this.grants = grants;
        this.memberships = memberships;
        this.networks = networks;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Activates the account of an invite and signs it in, both or neither: whoever gets an error
     * can try again. {@code invite_expired}, {@code invite_revoked}, {@code invite_used}, {@code
     * invite_resent}, {@code invalid_request} where the password is refused.
     */
    public Uni<AcceptedInvite> accept(AcceptInvite acceptance) {
        // Checked before the password is hashed, which costs far more, and again behind the lock.
        return requireAcceptable(acceptance.token())
                .chain(invite -> hash(acceptance, invite).chain(hash -> accept(acceptance, invite, hash)));
    }

    private Uni<String> hash(AcceptInvite acceptance, InviteReads.Standing invite) {
        return passwords.hash(
                acceptance.password(),
                ContextWords.of(invite.organization(), invite.email(), acceptance.name()),
                Asker.stranger(
                        acceptance.ipAddress(), "invite " + acceptance.token().subjectId()));
    }

    private Uni<InviteReads.Standing> requireAcceptable(LinkToken token) {
        return reads.standing(token.organizationId(), token.subjectId())
                .map(found -> found.orElseThrow(InviteAcceptance::gone))
                .invoke(found -> found.requireAcceptable(token.id(), clock.instant()));
    }

    private Uni<AcceptedInvite> accept(AcceptInvite acceptance, InviteReads.Standing invite, String passwordHash) {
        LinkToken token = acceptance.token();
        return Panache.withTransaction(() -> locks.lock(token.organizationId(), token.subjectId())
                .invoke(locked -> activate(locked, acceptance, passwordHash))
                .call(locked -> recordAcceptance(locked))
                .map(InviteLocks.Locked::account)
                .call(account -> networks.rememberFirst(account, network(acceptance)))
                .chain(account -> signIn(account, acceptance, invite)));
    }

    // Its person has just chosen the password there
    private static Network network(AcceptInvite acceptance) {
        return Network.of(acceptance.ipAddress());
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

    private Uni<Void> recordAcceptance(InviteLocks.Locked locked) {
        User account = locked.account();
        return audit.record(locked.invite()
                .event(AuditType.INVITE_ACCEPTED)
                .by(account.id, null, null)
                .with("user_id", account.id)
                .with("display_name", account.displayName));
    }

    private Uni<AcceptedInvite> signIn(User account, AcceptInvite acceptance, InviteReads.Standing invite) {
        TokenTerms terms = TokenTerms.of(Optional.empty(), acceptance.userAgent(), acceptance.ipAddress());
        return clients.of(account, invite.organization(), invite.organizationGeneration())
                .chain(client -> grants.grantFirst(account, client, terms))
                .chain(token -> accepted(invite.organization(), account, token));
    }

    private Uni<AcceptedInvite> accepted(String organization, User account, AccessToken token) {
        return account.flush() // so that the version is the new one
                .chain(() -> memberships.of(account))
                .map(groups -> new AcceptedInvite(organization, UserView.of(account, groups), token));
    }

    private static RosterException gone() {
        return RosterException.of(ErrorCode.INVITE_REVOKED);
    }
}
