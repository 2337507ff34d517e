package dev.roster.invite;

import dev.roster.access.client.SignInClients;
import dev.roster.access.federation.FederatedPerson;
import dev.roster.access.federation.SignInRefused;
import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.access.password.KnownNetworks;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.LinkToken;
import dev.roster.access.token.TokenGrants;
import dev.roster.access.token.TokenTerms;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.Network;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.ActiveOrganization;
import dev.roster.user.Asker;
import dev.roster.user.ContextWords;
import dev.roster.user.Passwords;
import dev.roster.user.User;
import dev.roster.user.UserReads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

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
    private final KnownNetworks networks;
    private final AuditLog audit;
    private final Clock clock;

    InviteAcceptance(
            InviteReads reads,
            InviteLocks locks,
            Passwords passwords,
            SignInClients clients,
            TokenGrants grants,
            KnownNetworks networks,
            AuditLog audit,
            Clock clock) {
        this.reads = reads;
        this.locks = locks;
        this.passwords = passwords;
        this.clients = clients;
        this.grants = grants;
        this.networks = networks;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Activates the account of an invite and signs it in, both or neither: whoever gets an error
     * can try again. {@code invite_expired}, {@code invite_revoked}, {@code invite_used}, {@code
     * invite_resent}, {@code organization_deactivated}, {@code invalid_request} where the password is refused.
     */
    public Uni<AcceptedInvite> accept(AcceptInvite acceptance) {
        // Checked before the password is hashed, which costs far more, and again behind the lock.
        TokenTerms terms = TokenTerms.of(Optional.empty(), acceptance.origin());
        return requireAcceptable(acceptance.token()).chain(invite -> hash(acceptance, invite)
                .chain(hash -> accept(acceptance.token(), invite, terms, account -> give(account, acceptance, hash))));
    }

    /**
     * The same for a person who comes from a trusted issuer, which signs it in from then on; also {@link SignInRefused}
     * where it is another person than the invited one, or has an account already.
     */
    public Uni<AcceptedInvite> accept(AcceptInviteBy acceptance) {
        FederatedPerson person = acceptance.person();
        LinkToken token = person.attempt().invite();
        TokenTerms terms = TokenTerms.of(Optional.empty(), acceptance.origin()).provenBy(person.issuer());
        return requireAcceptable(token)
                .invoke(invite -> acceptance.requireAddress(invite.email()))
                .chain(invite -> accept(token, invite, terms, account -> give(account, person)));
    }

    private Uni<String> hash(AcceptInvite acceptance, InviteReads.CurrentInvite invite) {
        return passwords.hash(
                acceptance.password(),
                ContextWords.of(invite.organization(), invite.email(), acceptance.name()),
                Asker.stranger(
                        acceptance.origin().address(),
                        acceptance.token().organizationId(),
                        "invite " + acceptance.token().subjectId()));
    }

    private Uni<InviteReads.CurrentInvite> requireAcceptable(LinkToken token) {
        return reads.current(token.organizationId(), token.subjectId())
                .map(found -> found.orElseThrow(ErrorCode.INVITE_REVOKED::refusal))
                .invoke(found -> found.requireAcceptable(token.id(), clock.instant()));
    }

    /**
     * Accepts it.
     *
     * @param give gives the account what its person signs in with from now on
     */
    private Uni<AcceptedInvite> accept(
            LinkToken token, InviteReads.CurrentInvite invite, TokenTerms terms, Function<User, Uni<Void>> give) {
        return UnitOfWork.transaction(() -> locks.lock(token.organizationId(), token.subjectId())
                .invoke(locked -> requireAcceptable(locked, token))
                .call(() -> ActiveOrganization.require(token.organizationId()))
                .call(locked -> give.apply(locked.account()))
                .invoke(this::activate)
                .call(locked -> recordAcceptance(locked, terms.proof().issuer()))
                .map(InviteLocks.Locked::account)
                .chain(account -> signIn(account, terms, invite)));
    }

    private void requireAcceptable(InviteLocks.Locked locked, LinkToken token) {
        locked.invite().state().requireAcceptable(token.id(), clock.instant());
        InviteAccounts.requirePending(locked.account());
    }

    private Uni<Void> give(User account, AcceptInvite acceptance, String passwordHash) {
        account.changeDisplayName(acceptance.name());
        account.changePassword(passwordHash);
        // Its person has just chosen the password there
        return networks.rememberFirst(account, Network.of(acceptance.origin().address()));
    }

    private static Uni<Void> give(User account, FederatedPerson person) {
        return User.isKnownTo(account.organizationId, person.issuer(), person.subject())
                .invoke(known -> {
                    if (known) {
                        throw new SignInRefused(Reason.HAS_ACCOUNT, "the person has an account already");
                    }
                    account.belongTo(person.issuer(), person.subject());
                    account.proveEmail(account.email);
                    account.changeDisplayName(person.displayName());
                })
                .replaceWithVoid();
    }

    private void activate(InviteLocks.Locked locked) {
        Instant now = clock.instant();
        User account = locked.account();
        // Where there is no mail, whoever invites hands the link over
        if (locked.invite().mailStatus != null) {
            account.proveEmail(locked.invite().email);
        }
        account.signUp(now);
        locked.invite().close(InviteStatus.ACCEPTED, now);
        locked.invite().acceptedAt = now;
    }

    private Uni<Void> recordAcceptance(InviteLocks.Locked locked, String issuer) {
        User account = locked.account();
        AuditEvent accepted = locked.invite()
                .event(AuditType.INVITE_ACCEPTED)
                .by(account.id, null, null)
                .with("user_id", account.id)
                .with("display_name", account.displayName);
        return audit.record(issuer == null ? accepted : accepted.with("issuer", issuer));
    }

    private Uni<AcceptedInvite> signIn(User account, TokenTerms terms, InviteReads.CurrentInvite invite) {
        return clients.of(account, invite.organization(), invite.organizationGeneration())
                .chain(client -> grants.grantFirst(account, client, terms))
                .chain(token -> accepted(invite.organization(), account, token));
    }

    private static Uni<AcceptedInvite> accepted(String organization, User account, AccessToken token) {
        return UserReads.changed(account.organizationId, account.id)
                .map(found -> found.orElseThrow(ErrorCode.INVITE_REVOKED::refusal))
                .map(view -> new AcceptedInvite(organization, view, token));
    }
}
