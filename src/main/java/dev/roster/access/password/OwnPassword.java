package dev.roster.access.password;

import dev.roster.caller.Caller;
import dev.roster.user.Asker;
import dev.roster.user.PasswordCheck;
import dev.roster.user.Passwords;
import dev.roster.user.Proof;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Checks the password of who is signed in; a wrong one counts as at sign-in. */
@ApplicationScoped
class OwnPassword implements PasswordCheck {
    private final PasswordFailures failures;
    private final SignInFailures recorded;
    private final Passwords passwords;

    OwnPassword(PasswordFailures failures, SignInFailures recorded, Passwords passwords) {
        this.failures = failures;
        this.recorded = recorded;
        this.passwords = passwords;
    }

    @Override
    public Uni<Boolean> isPassword(Caller caller, String passwordHash, Proof proof) {
        Guessed guessed = Guessed.account(caller.organizationId(), caller.userId());
        return failures.requireOpen(guessed)
                .chain(() -> passwords.matches(proof.password(), passwordHash, Asker.caller(caller)))
                .call(right -> right
                        ? failures.succeed(guessed)
                        : failures.count(guessed, proof.password()).chain(() -> recorded.add(caller)));
    }
}
