package dev.roster.access.password;

import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets guesses at an account count no longer once its password is another, or it is gone. */
@ApplicationScoped
class ForgottenGuesses implements AccountFollower {
    private final PasswordFailures failures;

    ForgottenGuesses(PasswordFailures failures) {
        this.failures = failures;
    }

    @Override
    public Place place() {
        return Place.PASSWORDS;
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return failures.forget(user.organizationId, user.id);
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return failures.forget(user.organizationId, user.id);
    }
}
