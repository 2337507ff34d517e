package dev.roster.signin;

import dev.roster.client.SignInAttempts;
import dev.roster.security.Caller;
import dev.roster.user.PasswordCheck;
import dev.roster.user.Passwords;
import dev.roster.user.Proof;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Checks the password of who is signed in; a wrong one counts as at sign-in. */
@ApplicationScoped
class OwnPassword implements PasswordCheck {
    private final SignInAttempts attempts;
    private final SignInFailures failures;
    private final Passwords passwords;

    OwnPassword(SignInAttempts attempts, SignInFailures failures, Passwords passwords) {
        this.attempts = attempts;
        this.failures = failures;
        this.passwords = passwords;
    }

    @Override
    public Uni<Boolean> isPassword(
            Caller caller, String username, String passwordHash, Proof proof) {
        return attempts.guard(
                        caller.organization(),
                        username,
                        proof.ipAddress(),
                        () ->
                                passwords
                                        .matches(proof.password(), passwordHash)
                                        .map(right -> Optional.of(right).filter(is -> is)))
                .map(Optional::isPresent)
                .call(right -> right ? Uni.createFrom().voidItem() : failures.add(caller));
    }
}
