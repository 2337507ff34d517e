package dev.roster.access.federation;

import dev.roster.access.browser.ForeignSignIn;
import java.time.Instant;

/**
 * A person who has proved to an issuer who it is.
 *
 * @param attempt what it wants
 * @param issuer the identifier of the issuer
 * @param subject what the issuer calls the person for ever
 * @param email that the issuer has proven; null where there is none
 * @param displayName null where there is none
 * @param said what holds for the session
 */
public record FederatedPerson(
        SignInAttempt attempt,
        FederatedToken token,
        String issuer,
        String subject,
        String email,
        String displayName,
        ForeignSignIn said) {

    static FederatedPerson of(SignInAttempt attempt, FederatedToken token, FederatedProfile profile, Instant now) {
        Instant proven = token.authenticatedAt().orElse(Instant.EPOCH);
        return new FederatedPerson(
                attempt,
                token,
                token.from().issuer().url(),
                token.subject(),
                profile.email(),
                profile.displayName(),
                new ForeignSignIn(token.role(), proven.isAfter(now) ? now : proven));
    }

    @Override
    public String toString() {
        return "FederatedPerson[" + subject + "]"; // a token must not end in a log
    }
}
