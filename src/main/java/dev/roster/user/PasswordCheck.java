package dev.roster.user;

import dev.roster.caller.Caller;
import io.smallrye.mutiny.Uni;

/** Checks a password under the rules of sign-in, where guesses are counted and put off. */
public interface PasswordCheck {

    /**
     * Whether the proof holds the caller's password; {@code rate_limited}, {@code
     * password_blocked}, {@code unavailable}.
     *
     * @param passwordHash of the password of the caller's account
     */
    Uni<Boolean> isPassword(Caller caller, String passwordHash, Proof proof);
}
