package dev.roster.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.openid.SinceAsked;
import dev.roster.testing.CodeGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How old a sign-in may be for what an application asks. */
class AuthorizationRequestTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void whenNotSignedInSinceThenNoOlderThanAskedForAndAtALoginNeverGood() {
        assertFalse(wants(request("", null), Duration.ofDays(30), SinceAsked.NOTHING));
        assertFalse(wants(request("", 600L), Duration.ofMinutes(10), SinceAsked.NOTHING));
        assertTrue(wants(request("", 600L), Duration.ofSeconds(601), SinceAsked.NOTHING));
        assertTrue(wants(request("login", null), Duration.ZERO, SinceAsked.NOTHING));
        assertTrue(wants(request("select_account", 600L), Duration.ZERO, SinceAsked.NOTHING));
    }

    @Test
    void whenSignedInSinceThenThereIsTimeToReadTheConsentAndNoMore() {
        assertFalse(wants(request("login", null), Duration.ofMinutes(5), SinceAsked.PROVEN));
        assertTrue(wants(request("login", null), Duration.ofSeconds(301), SinceAsked.PROVEN));
        assertFalse(wants(request("", 0L), Duration.ofMinutes(5), SinceAsked.PROVEN));
        assertTrue(wants(request("", 0L), Duration.ofSeconds(301), SinceAsked.PROVEN));
        assertFalse(wants(request("", 600L), Duration.ofMinutes(10), SinceAsked.PROVEN));
        assertTrue(wants(request("", 600L), Duration.ofSeconds(601), SinceAsked.PROVEN));
        assertFalse(wants(request("consent", null), Duration.ofDays(30), SinceAsked.PROVEN));
    }

    @Test
    void whenSignedInByAnOldProofThenAnAccountIsChosenAndNothingProven() {
        assertFalse(wants(request("select_account", null), Duration.ofDays(20_000), SinceAsked.SIGNED_IN));
        assertFalse(wants(request("select_account", 600L), Duration.ofMinutes(10), SinceAsked.SIGNED_IN));
        assertTrue(wants(request("select_account", 600L), Duration.ofSeconds(601), SinceAsked.SIGNED_IN));
        assertTrue(wants(request("select_account", 0L), Duration.ofSeconds(31), SinceAsked.SIGNED_IN));
        assertTrue(wants(request("login", null), Duration.ZERO, SinceAsked.SIGNED_IN));
        assertTrue(wants(request("login select_account", null), Duration.ZERO, SinceAsked.SIGNED_IN));
        assertFalse(wants(request("login select_account", null), Duration.ofMinutes(5), SinceAsked.PROVEN));
    }

    private static boolean wants(AuthorizationRequest request, Duration age, SinceAsked since) {
        return request.wantsSignIn(NOW.minus(age), NOW, since);
    }

    private static AuthorizationRequest request(String prompt, Long maxAge) {
        return new AuthorizationRequest(
                null,
                CodeGrant.URI,
                List.of("openid"),
                CodeGrant.CHALLENGE,
                Optional.empty(),
                prompt.isEmpty() ? Set.of() : Set.of(prompt.split(" ", -1)),
                Optional.ofNullable(maxAge));
    }
}
