package dev.roster.invite;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.caller.Role;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.RowId;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.user.AccountEvents;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** An invitation of an e-mail address into an organization. */
@Entity
@Table(name = "invites")
public class Invite extends OrganizationRow {
    public String email;

    @Column(name = "email_key")
    public String emailKey;

    @Column(name = "display_name")
    public String displayName;

    @Enumerated(EnumType.STRING)
    public Role role;

    @Column(name = "group_ids")
    public UUID[] groupIds;

    /** The account that waits for its person; null once it is gone. */
    @Column(name = "user_id")
    public UUID userId;

    /** Whether that account exists only because of this invite, or of those before it. */
    @Column(name = "created_account")
    public boolean createdAccount;

    /** The inviting account; null where the system invites. */
    @Column(name = "invited_by")
    public UUID invitedBy;

    @Enumerated(EnumType.STRING)
    public InviteStatus status;

    /** The only token that accepts the invite: a new one ends the one before. */
    @Column(name = "token_id")
    public UUID tokenId;

    /** How the mail with the newest token fares; null where there is no mail server. */
    @Enumerated(EnumType.STRING)
    @Column(name = "mail_status")
    public MailStatus mailStatus;

    @Column(name = "expires_at")
    public Instant expiresAt;

    @Column(name = "accepted_at")
    public Instant acceptedAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    @Version
    public int version;

    InviteState state() {
        return new InviteState(status, tokenId, expiresAt);
    }

    /** Something that happens to the invite. */
    AuditEvent event(AuditType type) {
        return AuditEvent.of(organizationId, type)
                .on(Target.Kind.INVITE, id, email)
                .with("role", role.value());
    }

    /** What ended together with a change of an account, in one event; none where it was none. */
    static List<AuditEvent> revoked(User account, int invites) {
        return invites == 0
                ? List.of()
                : List.of(AuditEvent.of(account.organizationId, AuditType.INVITE_REVOKED)
                        .on(AccountEvents.target(account))
                        .with("invites", invites));
    }

    /**
     * Opens the invite, again or for the first time, until the given time.
     *
     * @param mail null where none is sent
     */
    void open(Instant now, Instant end, MailStatus mail) {
        mailStatus = mail;
        status = InviteStatus.PENDING;
        tokenId = UUID.randomUUID();
        expiresAt = end;
        updatedAt = now;
    }

    void close(InviteStatus end, Instant now) {
        status = end;
        updatedAt = now;
    }

    /** The account of an invite; null where there is none of either. */
    static Uni<UUID> accountOf(UUID organizationId, UUID id) {
        return UniqueRow.of(
                find("select i.userId from Invite i where i.organizationId = ?1 and i.id = ?2", organizationId, id)
                        .project(UUID.class));
    }

    /** The invite of this id, locked until the transaction ends; null where there is none. */
    static Uni<Invite> lock(UUID organizationId, UUID id) {
        return findById(new RowId(organizationId, id), LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * The pending invite of the address with this key, expired or not, locked until the transaction
     * ends; null where there is none.
     */
    static Uni<Invite> lockPending(UUID organizationId, String emailKey) {
        return UniqueRow.of(Invite.<Invite>find(
                        "organizationId = ?1 and emailKey = ?2 and status = PENDING", organizationId, emailKey)
                .withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    /** Whether an account exists only because of invites. */
    static Uni<Boolean> hasMade(User account) {
        return count("organizationId = ?1 and userId = ?2 and createdAccount", account.organizationId, account.id)
                .map(invites -> invites > 0);
    }

    /** Notes of an account that has been more than pending that it exists not only because of invites. */
    static Uni<Void> keepAccount(User account) {
        return update(
                        "createdAccount = false where organizationId = ?1 and userId = ?2 and createdAccount",
                        account.organizationId,
                        account.id)
                .replaceWithVoid();
    }

    /** Ends what is pending for an account, and says how many that were, as the following do. */
    static Uni<Integer> revokeFor(User account, Instant now) {
        return revoke("userId = ?4", account, now);
    }

    /** Lets the links be good no more that were sent for an account which can do more now; the invite can be resent. */
    static Uni<Integer> outdateLinksOf(User account, Instant now) {
        return update(
                "tokenId = ?1, updatedAt = ?2 where organizationId = ?3 and userId = ?4 and status = PENDING",
                UUID.randomUUID(),
                now,
                account.organizationId,
                account.id);
    }

    /** Ends what is pending of an inviter. */
    static Uni<Integer> revokeBy(User inviter, Instant now) {
        return revoke("invitedBy = ?4", inviter, now);
    }

    /** Ends what is pending of an inviter and opens an account with a role above its own, be it that of the account by now. */
    static Uni<Integer> revokeAboveRoleOf(User inviter, Instant now) {
        List<Role> above = Arrays.stream(Role.values())
                .filter(role -> !inviter.role.includes(role))
                .toList();
        return revoke(
                "invitedBy = ?4 and (role in ?5 or exists (select 1 from User u"
                        + " where u.organizationId = ?3 and u.id = userId and u.role in ?5))",
                inviter,
                now,
                above);
    }

    private static Uni<Integer> revoke(String which, User account, Instant now, Object... values) {
        List<Object> parameters =
                new ArrayList<>(List.of(InviteStatus.REVOKED, now, account.organizationId, account.id));
        parameters.addAll(List.of(values));
        return update(
                "status = ?1, updatedAt = ?2 where organizationId = ?3 and status = PENDING and " + which,
                parameters.toArray());
    }

    /** Forgets an account that goes. */
    static Uni<Void> forget(User account) {
        return update("userId = null where organizationId = ?1 and userId = ?2", account.organizationId, account.id)
                .replaceWithVoid();
    }
}
