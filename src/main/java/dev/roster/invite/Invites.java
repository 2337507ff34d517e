package dev.roster.invite;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.invite.InviteAccounts.Prepared;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Constraints;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.CallerStanding;
import dev.roster.user.EmailMatch;
import dev.roster.user.EmailUsername;
import dev.roster.user.User;
import dev.roster.user.UserDeletions;
import dev.roster.user.UserReads;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The use cases of those who invite: create, send again, revoke. Every transaction locks in the
 * order of address, account, invite, groups, inviter, limits.
 */
@ApplicationScoped
public class Invites {
    private final InviteAccounts accounts;
    private final InviteLocks locks;
    private final InviteMail mail;
    private final InviteReads reads;
    private final InviteRules rules;
    private final UserDeletions deletions;
    private final AuditLog audit;
    private final Clock clock;

    Invites(
            InviteAccounts accounts,
            InviteLocks locks,
            InviteMail mail,
            InviteReads reads,
            InviteRules rules,
            UserDeletions deletions,
            AuditLog audit,
            Clock clock) {
        this.accounts = accounts;
        this.locks = locks;
        this.mail = mail;
        this.reads = reads;
        this.rules = rules;
        this.deletions = deletions;
        this.audit = audit;
        this.clock = clock;
    }

    /** An address has one pending invite at a time. */
    @Produces
    @Singleton
    static Constraints unique() {
        return new Constraints(Map.of("invites_pending_key", ErrorCode.INVITE_PENDING));
    }

    /**
     * Invites an address and makes its pending account; {@code invite_pending}, {@code
     * email_taken}, {@code group_not_found}, {@code rate_limited}.
     */
    public Uni<SentInvite> create(Caller caller, CreateInvite creation) {
        caller.require(Scope.INVITES_WRITE);
        caller.requireDominance(creation.role());
        if (!creation.groups().isEmpty()) {
            caller.require(Scope.GROUPS_WRITE);
        }
        UUID organizationId = caller.organizationId();
        return EmailUsername.settle(() -> UnitOfWork.transaction(
                () -> locks.claim(organizationId, creation.email()).chain(() -> add(caller, creation))));
    }

    /**
     * Sends a pending invite again, expired or not, with a new token and a new end; the token
     * before dies. {@code invite_not_found}, {@code invite_used}, {@code invite_revoked}, {@code
     * rate_limited}.
     */
    public Uni<SentInvite> resend(Caller caller, UUID id) {
        caller.require(Scope.INVITES_WRITE);
        return reads.find(caller, id).chain(invite -> UnitOfWork.transaction(() -> renew(caller, invite)));
    }

    /**
     * Revokes an invite, and removes its account where only invites made it; one that is revoked
     * stays so. {@code invite_not_found}, {@code invite_used}, {@code invite_expired} for one that
     * another has replaced.
     */
    public Uni<Void> revoke(Caller caller, UUID id) {
        caller.require(Scope.INVITES_WRITE);
        return UnitOfWork.transaction(() -> locks.lock(caller.organizationId(), id)
                .call(() -> CallerStanding.require(caller))
                .invoke(locked -> requireDominance(caller, locked))
                .chain(this::revoke));
    }

    private Uni<SentInvite> add(Caller caller, CreateInvite creation) {
        UUID organizationId = caller.organizationId();
        return User.lockByEmail(organizationId, creation.email())
                .chain(known -> Invite.lockPending(organizationId, addressKey(known, creation))
                        .chain(previous -> accounts.prepare(caller, known, creation)
                                .chain(prepared -> add(caller, creation, prepared, previous))))
                // Before the limits are locked, which others wait for
                .chain(this::sent)
                .call(() -> locks.holdInviter(caller, creation.role()))
                .call(() -> spend(caller, creation.email()));
    }

    private static String addressKey(User known, CreateInvite creation) {
        return known == null ? EmailMatch.of(creation.email()).key() : known.emailKey;
    }

    private Uni<Invite> add(Caller caller, CreateInvite creation, Prepared prepared, Invite previous) {
        Invite invite = invite(caller, creation, prepared);
        return replace(previous)
                .chain(() -> invite.<Invite>persist())
                .call(() -> audit.record(created(invite)))
                .call(() -> mail.post(invite));
    }

    private static AuditEvent created(Invite invite) {
        return invite.event(AuditType.INVITE_CREATED)
                .with("user_id", invite.userId)
                .with("by_system", invite.invitedBy == null)
                .with("expires_at", invite.expiresAt);
    }

    private Uni<Void> replace(Invite previous) {
        if (previous == null) {
            return Uni.createFrom().voidItem();
        }
        if (clock.instant().isBefore(previous.expiresAt)) {
            throw RosterException.of(ErrorCode.INVITE_PENDING);
        }
        previous.close(InviteStatus.EXPIRED, clock.instant());
        // The end of the one must reach the database before the other does.
        return previous.flush();
    }

    private Invite invite(Caller caller, CreateInvite creation, Prepared prepared) {
        Instant now = clock.instant();
        Invite invite = new Invite();
        invite.organizationId = caller.organizationId();
        invite.id = Uuids.v7(now);
        // That of the account and not what was typed: it may only have looked the same
        invite.email = prepared.account().email;
        invite.emailKey = prepared.account().emailKey;
        invite.displayName = creation.name();
        invite.role = creation.role();
        invite.groupIds = prepared.groups().toArray(UUID[]::new);
        invite.userId = prepared.account().id;
        invite.createdAccount = prepared.byInvite();
        invite.invitedBy = creation.bySystem() ? null : caller.userId();
        invite.createdAt = now;
        invite.open(now, now.plus(rules.lifetime()), mail.first());
        return invite;
    }

    private Uni<SentInvite> renew(Caller caller, InviteView found) {
        return locks.claim(caller.organizationId(), found.email())
                .chain(() -> locks.lock(caller.organizationId(), found.id()))
                .map(locked -> {
                    Instant now = clock.instant();
                    requireDominance(caller, locked);
                    locked.invite().state().requireOpen();
                    InviteAccounts.requirePending(locked.account());
                    locked.invite().open(now, now.plus(rules.lifetime()), mail.first());
                    return locked.invite();
                })
                .call(invite -> audit.record(invite.event(AuditType.INVITE_RESENT)))
                .call(mail::post)
                .chain(this::sent)
                .call(sent -> locks.holdInviter(caller, sent.invite().role()))
                .call(() -> spend(caller, found.email()));
    }

    private static void requireDominance(Caller caller, InviteLocks.Locked locked) {
        caller.requireDominance(locked.invite().role);
        // Changed since, perhaps: it is the role that the link opens
        if (locked.account() != null) {
            caller.requireDominance(locked.account().role);
        }
    }

    private Uni<Void> spend(Caller caller, String email) {
        return rules.spend(caller.organizationId(), caller.userId(), email);
    }

    private Uni<Void> revoke(InviteLocks.Locked locked) {
        Invite invite = locked.invite();
        if (invite.status == InviteStatus.REVOKED) {
            return Uni.createFrom().voidItem();
        }
        invite.state().requireOpen();
        invite.close(InviteStatus.REVOKED, clock.instant());
        User account = locked.account();
        boolean goes = invite.createdAccount && account != null && account.status == UserStatus.PENDING_SIGN_UP;
        return audit.record(invite.event(AuditType.INVITE_REVOKED))
                .chain(() -> goes ? deletions.delete(account) : Uni.createFrom().voidItem());
    }

    private Uni<SentInvite> sent(Invite invite) {
        return InviteReads.changed(invite, clock.instant())
                .chain(view -> UserReads.changed(invite.organizationId, invite.userId)
                        .map(found -> found.orElseThrow(ErrorCode.INVITE_REVOKED::refusal))
                        .chain(account -> mail.linkToPassOn(invite).map(link -> new SentInvite(view, link, account))));
    }
}
