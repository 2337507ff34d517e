package dev.roster.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is remembered of revocations. */
class RevokedSubjectsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final RevokedSubjects subjects = TestRevocations.ofSize(3);
    private final UUID id = UUID.randomUUID();

    @Test
    void whenEmptyThenNothingIsRevoked() {
        assertFalse(subjects.hasSession(id));
        assertFalse(subjects.hasClient("a", 0));
        assertEquals(0, subjects.generation(id));
        assertTrue(subjects.isComplete());
    }

    @Test
    void whenAddedThenKnownUnderItsKindOnly() {
        subjects.add(revocation(RevocationKind.SESSION, id.toString(), 0));
        subjects.add(revocation(RevocationKind.CLIENT, "a b", 0));
        assertTrue(subjects.hasSession(id));
        assertTrue(subjects.hasClient("a b", 0));
        assertEquals(0, subjects.generation(id));
        assertEquals(2, subjects.size());
    }

    @Test
    void whenAddedOutOfOrderThenTheLatestGenerationCounts() {
        subjects.add(revocation(RevocationKind.USER, id.toString(), 2));
        subjects.add(revocation(RevocationKind.USER, id.toString(), 1));
        assertEquals(2, subjects.generation(id));
        assertEquals(1, subjects.size());
    }

    @Test
    void whenFullThenIncompleteUntilAllAreReadWithNoneDropped() {
        for (String client : new String[] {"a", "b", "c", "d"}) {
            subjects.add(revocation(RevocationKind.CLIENT, client, 0));
        }
        assertEquals(3, subjects.size());
        assertFalse(subjects.isComplete());
        long before = subjects.dropped();
        subjects.add(revocation(RevocationKind.CLIENT, "a", 1));
        subjects.add(revocation(RevocationKind.CLIENT, "d", 0));
        subjects.allRead(before);
        assertFalse(subjects.isComplete());
        subjects.allRead(subjects.dropped());
        assertTrue(subjects.isComplete());
        // There is one of its kind
        subjects.add(revocation(RevocationKind.CLIENT, "c", 2));
        assertTrue(subjects.isComplete());
        assertTrue(subjects.hasClient("c", 1));
    }

    @Test
    void whenExpiredThenForgotten() {
        subjects.add(revocation(RevocationKind.CLIENT, "a", 0));
        subjects.forget(NOW.plusSeconds(59));
        assertTrue(subjects.hasClient("a", 0));
        subjects.forget(NOW.plusSeconds(60));
        assertFalse(subjects.hasClient("a", 0));
    }

    @Test
    void whenAnnouncedThenReadBack() {
        assertEquals(
                new Revocation(
                        RevocationKind.CLIENT, "an odd client", 7, Instant.ofEpochMilli(1), Instant.ofEpochMilli(2)),
                Revocation.parse("client 7 1 2 an odd client"));
    }

    private static Revocation revocation(RevocationKind kind, String subject, int generation) {
        return new Revocation(kind, subject, generation, NOW, NOW.plusSeconds(60));
    }
}
