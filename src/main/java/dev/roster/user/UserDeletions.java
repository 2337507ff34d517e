package dev.roster.user;

import dev.roster.audit.AuditLog;
import dev.roster.platform.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Deletes a locked account and all that hangs on it. */
@ApplicationScoped
public class UserDeletions {
    private final AccountFollowers followers;
    private final AuditLog audit;
    private final Clock clock;

    UserDeletions(AccountFollowers followers, AuditLog audit, Clock clock) {
        this.followers = followers;
        this.audit = audit;
        this.clock = clock;
    }

    /** Deletes it inside the caller's transaction; {@code last_admin}, {@code internal_account}. */
    public Uni<Void> delete(User user) {
        ErrorCode.INTERNAL_ACCOUNT.unless(!user.internal);
        return (user.isActiveAdmin()
                        ? LastAdmin.check(user, clock.instant())
                        : Uni.createFrom().voidItem())
                .chain(() -> audit.record(AccountEvents.removed(user)))
                .chain(() -> followers.each(one -> one.beforeRemoval(user)))
                .chain(() -> user.delete());
    }
}
