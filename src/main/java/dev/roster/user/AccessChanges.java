package dev.roster.user;

import dev.roster.security.Caller;
import dev.roster.security.Role;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Notices where a change of an account takes access away, whoever makes the change. */
@ApplicationScoped
public class AccessChanges {
    private final List<UserAccess> access;

    AccessChanges(@All List<UserAccess> access) {
        this.access = access;
    }

    /** Changes a locked account inside the caller's transaction, and what follows from it. */
    public Uni<Void> apply(Caller caller, User user, Runnable change) {
        Role role = user.role;
        UserStatus status = user.status;
        String password = user.passwordHash;
        change.run();
        if (status == UserStatus.ACTIVE && user.status != UserStatus.ACTIVE) {
            user.tokenGeneration++;
            return each(part -> part.onDeactivation(user));
        }
        Uni<Void> steps = Uni.createFrom().voidItem();
        if (!user.role.includes(role)) {
            user.tokenGeneration++;
            steps = steps.chain(() -> each(part -> part.onDemotion(user)));
        } else if (user.role != role) {
            steps = steps.chain(() -> each(part -> part.onPromotion(user)));
        }
        if (!Objects.equals(password, user.passwordHash)) {
            steps =
                    steps.chain(
                            () -> each(part -> part.onPasswordChange(user, caller.sessionId())));
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
