package dev.roster.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertFalse(wants(request("", null), Duration.ofDays(30), false));
        assertFalse(wants(request("", 600L), Duration.ofMinutes(10), false));
        assertTrue(wants(request("", 600L), Duration.ofSeconds(601), false));
        assertTrue(wants(request("login", null), Duration.ZERO, false));
        assertTrue(wants(request("select_account", 600L), Duration.ZERO, false));
    }

    @Test
    void whenSignedInSinceThenThereIsTimeToReadTheConsentAndNoMore() {
        assertFalse(wants(request("login", null), Duration.ofMinutes(5), true));
        assertTrue(wants(request("login", null), Duration.ofSeconds(301), true));
        assertFalse(wants(request("", 0L), Duration.ofMinutes(5), true));
        assertTrue(wants(request("", 0L), Duration.ofSeconds(301), true));
        assertFalse(wants(request("", 600L), Duration.ofMinutes(10), true));
        assertTrue(wants(request("", 600L), Duration.ofSeconds(601), true));
        assertFalse(wants(request("consent", null), Duration.ofDays(30), true));
    }

    private static boolean wants(AuthorizationRequest request, Duration age, boolean since) {
        return request.wantsSignIn(NOW.minus(age), NOW, since);
    }

    private static AuthorizationRequest request(String prompt, Long maxAge) {
        return new AuthorizationRequest(
                null,
                CodeFlow.URI,
                List.of("openid"),
                CodeFlow.CHALLENGE,
                Optional.empty(),
                prompt.isEmpty() ? Set.of() : Set.of(prompt),
                Optional.ofNullable(maxAge));
    }
}
