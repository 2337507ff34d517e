package dev.roster.invite;

import dev.roster.audit.AuditLog;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import dev.roster.user.UserBefore;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/**
 * Ends pending invites that a change of an account has overtaken: its own, once it no longer waits
 * for the person who has the link, and those that it made, once it could not make them any more;
 * both before it goes.
 */
@ApplicationScoped
public class InviteConsequences implements AccountFollower {
    private final InviteLocks locks;
    private final AuditLog audit;
    private final Clock clock;

    InviteConsequences(InviteLocks locks, AuditLog audit, Clock clock) {
        this.locks = locks;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Rank rank() {
        return Rank.INVITES;
    }

    @Override
    public Uni<Void> afterChange(UserBefore before, User user) {
        return ofInvited(before, user).chain(() -> ofInviter(before, user));
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        Instant now = clock.instant();
        return locks.keepFromInviting(user)
                .chain(() -> Invite.revokeFor(user, now))
                .chain(own -> Invite.revokeBy(user, now).map(others -> own + others))
                .chain(count -> note(user, count))
                .chain(() -> Invite.forget(user));
    }

    private Uni<Void> ofInvited(UserBefore before, User user) {
        if (before.status() != UserStatus.PENDING_SIGN_UP) {
            return user.status == UserStatus.PENDING_SIGN_UP
                    ? Invite.keepAccount(user)
                    : Uni.createFrom().voidItem();
        }
        if (user.status != UserStatus.PENDING_SIGN_UP || !Objects.equals(before.emailKey(), user.emailKey)) {
            return Invite.revokeFor(user, clock.instant()).chain(count -> note(user, count));
        }
        return before.role().includes(user.role)
                ? Uni.createFrom().voidItem()
                : Invite.outdateLinksOf(user, clock.instant()).replaceWithVoid();
    }

    private Uni<Void> ofInviter(UserBefore before, User user) {
        Instant now = clock.instant();
        boolean ends = before.status() == UserStatus.ACTIVE && user.status != UserStatus.ACTIVE;
        return !ends && user.role.includes(before.role())
                ? Uni.createFrom().voidItem()
                : locks.keepFromInviting(user)
                        .chain(() -> ends ? Invite.revokeBy(user, now) : Invite.revokeAboveRoleOf(user, now))
                        .chain(count -> note(user, count));
    }

    private Uni<Void> note(User user, int count) {
        return audit.record(Invite.revoked(user, count));
    }
}
