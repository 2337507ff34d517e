package dev.roster.access.password;

import dev.roster.user.User;
import dev.roster.user.UserAccess;
import dev.roster.user.UserRemoval;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets guesses at an account count no longer once its password is another, or it is gone. */
@ApplicationScoped
class ForgottenGuesses implements UserAccess, UserRemoval {
    private final PasswordFailures failures;

    ForgottenGuesses(PasswordFailures failures) {
        this.failures = failures;
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return failures.forget(user.organizationId, user.id);
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return failures.forget(user.organizationId, user.id);
    }

    @Override
    public Uni<Void> onDemotion(User user) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> onPromotion(User user) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> onDeactivation(User user) {
        return Uni.createFrom().voidItem();
    }
}
