package dev.roster.client;

import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts off those who guess passwords, by the rules for those who guess the secrets of clients. */
@ApplicationScoped
public class SignInAttempts {
    private final FailedAuthentications failures;

    SignInAttempts(FailedAuthentications failures) {
        this.failures = failures;
    }

    /**
     * Makes an attempt, counting it where its outcome is empty; {@code rate_limited} where too many
     * have failed, also while it was made: of many guesses at once no more get an answer than of as
     * many in a row, not even the right one.
     *
     * @param name as it was typed, whether or not an account has it
     * @param address where the request comes from; null where that is not known
     */
    public <T> Uni<Optional<T>> guard(
            String organization, String name, String address, Supplier<Uni<Optional<T>>> attempt) {
        // What is counted for a name of a person is not counted for a client of that name
        String subject = "sign-in\n" + organization + "\n" + CanonicalText.fold(name);
        Attempt counted = Attempt.of(subject, address);
        return failures.requireFew(counted)
                .chain(attempt::get)
                .call(
                        found ->
                                found.isPresent()
                                        ? failures.requireFew(counted)
                                        : failures.count(counted));
    }
}
