package dev.roster.user;

import dev.roster.audit.AuditLog;
import dev.roster.caller.Role;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Notices what a change of an account means for access, whoever makes the change. */
@ApplicationScoped
public class AccessChanges {
    private final List<UserAccess> access;
    private final List<AfterUserChange> consequences;
    private final AuditLog audit;

    AccessChanges(@All List<UserAccess> access, @All List<AfterUserChange> consequences, AuditLog audit) {
        this.access = access;
        this.consequences = consequences;
        this.audit = audit;
    }

    /**
     * Changes a locked account inside the caller's transaction, and what follows from it; what has
     * changed is recorded.
     */
    public Uni<Void> apply(User user, Runnable change) {
        UserBefore before = UserBefore.of(user);
        AccountEvents audited = AccountEvents.of(user);
        change.run();
        Uni<Void> steps = audit.record(audited.until(user)).chain(() -> follow(before, user));
        for (AfterUserChange consequence : consequences) {
            steps = steps.chain(() -> consequence.afterChange(before, user));
        }
        return steps;
    }

    /**
     * Makes a locked account an active administrator inside the caller's transaction; its earlier
     * tokens end, whoever has them.
     */
    public Uni<Void> restoreAdmin(User user, Instant now) {
        return apply(user, () -> {
                    user.role = Role.ADMIN;
                    user.status = UserStatus.ACTIVE;
                    user.touch(now);
                })
                .chain(() -> {
                    user.tokenGeneration++;
                    return each(part -> part.onDemotion(user));
                });
    }

    private Uni<Void> follow(UserBefore before, User user) {
        if (before.status() == UserStatus.ACTIVE && user.status != UserStatus.ACTIVE) {
            user.tokenGeneration++;
            return each(part -> part.onDeactivation(user));
        }
        Uni<Void> steps = Uni.createFrom().voidItem();
        if (!user.role.includes(before.role())) {
            user.tokenGeneration++;
            steps = steps.chain(() -> each(part -> part.onDemotion(user)));
        } else if (user.role != before.role()) {
            steps = steps.chain(() -> each(part -> part.onPromotion(user)));
        }
        boolean expired = user.passwordExpired && !before.passwordExpired();
        if (expired || !Objects.equals(before.passwordHash(), user.passwordHash)) {
            steps = steps.chain(() -> each(part -> part.onPasswordChange(user)));
        }
        return steps;
    }

    private Uni<Void> each(Function<UserAccess, Uni<Void>> step) {
        Uni<Void> steps = Uni.createFrom().voidItem();
        for (UserAccess part : access) {
            steps = steps.chain(() -> step.apply(part));
        }
        return steps;
    }
}
