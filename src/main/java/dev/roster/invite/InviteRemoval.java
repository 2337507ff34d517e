package dev.roster.invite;

import dev.roster.audit.AuditLog;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Ends what is pending for an account, and what it has invited, before it goes. */
@ApplicationScoped
public class InviteRemoval implements AccountFollower {
    private final InviteLocks locks;
    private final AuditLog audit;
    private final Clock clock;

    InviteRemoval(InviteLocks locks, AuditLog audit, Clock clock) {
        this.locks = locks;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Place place() {
        return Place.INVITES;
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        Instant now = clock.instant();
        return locks.keepFromInviting(user)
                .chain(() -> Invite.revokeFor(user, now))
                .chain(own -> Invite.revokeBy(user, now).map(others -> own + others))
                .chain(count -> audit.record(Invite.revoked(user, count)))
                .chain(() -> Invite.forget(user));
    }
}
