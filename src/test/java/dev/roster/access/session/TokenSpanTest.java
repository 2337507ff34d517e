package dev.roster.access.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a token is good beside its session. */
class TokenSpanTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final TokenSpan usual = TokenSpan.from(NOON.plusMillis(700), Duration.ofHours(1));

    @Test
    void whenTheSessionLastsThenTheUsualOneInWholeSeconds() {
        assertEquals(new TokenSpan(NOON, NOON.plusSeconds(3_600)), usual);
        assertEquals(usual, usual.within(NOON.plusSeconds(3_600)));
        assertEquals(3_600, usual.seconds());
        assertFalse(usual.isOver());
    }

    @Test
    void whenTheSessionEndsBeforeThenNoLongerThanThat() {
        TokenSpan shorter = usual.within(NOON.plusMillis(90_999));
        assertEquals(new TokenSpan(NOON, NOON.plusSeconds(90)), shorter);
        assertEquals(90, shorter.seconds());
        assertFalse(shorter.isOver());
        assertTrue(usual.within(NOON.plusMillis(999)).isOver());
    }
}
