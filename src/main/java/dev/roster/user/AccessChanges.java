package dev.roster.user;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.caller.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Notices what a change of an account means for access, whoever makes the change. */
@ApplicationScoped
public class AccessChanges {
    private final AccountFollowers followers;
    private final AuditLog audit;

    AccessChanges(AccountFollowers followers, AuditLog audit) {
        this.followers = followers;
        this.audit = audit;
    }

    /**
     * Changes a locked account inside the caller's transaction, and what follows from it; what has
     * changed is recorded.
     */
    public Uni<Void> apply(User user, Runnable change) {
        return apply(user, change, event -> event);
    }

    /**
     * Applies a change as {@link #apply(User, Runnable)} does, recorded with more.
     *
     * @param told what is recorded of each event, such as how it was proven
     */
    Uni<Void> apply(User user, Runnable change, UnaryOperator<AuditEvent> told) {
        UserBefore before = UserBefore.of(user);
        AccountEvents audited = AccountEvents.of(user);
        change.run();
        return audit.record(audited.until(user).stream().map(told).toList())
                .chain(() -> follow(before, user))
                .chain(() -> followers.each(one -> one.afterChange(before, user)));
    }

    /**
     * Makes a locked account an active administrator inside the caller's transaction; its earlier
     * tokens end, whoever has them.
     */
    public Uni<Void> restoreAdmin(User user, Instant now) {
        return apply(user, () -> {
                    user.role = Role.ADMIN;
                    UserChanges.become(user, UserStatus.ACTIVE, now);
                    user.touch(now);
                })
                .chain(() -> {
                    user.tokenGeneration++;
                    return followers.each(one -> one.onDemotion(user));
                });
    }

    private Uni<Void> follow(UserBefore before, User user) {
        if (before.status() == UserStatus.ACTIVE && user.status != UserStatus.ACTIVE) {
            user.tokenGeneration++;
            return followers.each(one -> one.onDeactivation(user));
        }
        Uni<Void> steps = Uni.createFrom().voidItem();
        if (!user.role.includes(before.role())) {
            user.tokenGeneration++;
            steps = steps.chain(() -> followers.each(one -> one.onDemotion(user)));
        } else if (user.role != before.role()) {
            steps = steps.chain(() -> followers.each(one -> one.onPromotion(user)));
        }
        boolean expired = user.passwordExpired && !before.passwordExpired();
        if (expired || !Objects.equals(before.passwordHash(), user.passwordHash)) {
            steps = steps.chain(() -> followers.each(one -> one.onPasswordChange(user)));
        }
        return steps;
    }
}
