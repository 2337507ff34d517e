package dev.roster.access.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.access.signing.VerificationKey;
import dev.roster.testing.TestClock;
import dev.roster.testing.TestKeys;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long what another issuer publishes is believed. */
class RefreshedTest {
    private static final Duration OLD = Duration.ofMinutes(5);
    private static final Duration NEARLY_OLD = Duration.ofMinutes(4).plusSeconds(1);

    private final TestClock clock = new TestClock();
    private final Queue<UniEmitter<? super String>> asked = new ArrayDeque<>();
    private final Uni<String> issuer = Uni.createFrom().<String>emitter(asked::add);
    private final Refreshed<String> published = new Refreshed<>("It", () -> issuer, OLD, clock);

    @BeforeEach
    void stopTheClock() {
        clock.stop();
    }

    @Test
    void whenItIsNearlyOldThenReadAgainAndNobodyWaits() {
        read("first");
        assertEquals("first", published.get().await().indefinitely());
        clock.advance(NEARLY_OLD);
        assertEquals("first", published.get().await().indefinitely());
        asked.remove().complete("second");
        assertEquals("second", published.get().await().indefinitely());
        assertTrue(asked.isEmpty());
    }

    @Test
    void whenNobodyAskedForLongThenTheFirstOneWaitsForWhatIsPublishedNow() {
        read("first");
        clock.advance(Duration.ofHours(3));
        assertEquals(Optional.empty(), published.known());
        CompletableFuture<String> waiting = get();
        assertFalse(waiting.isDone());
        asked.remove().complete("second");
        assertEquals("second", waiting.join());
        assertTrue(asked.isEmpty());
    }

    @Test
    void whenTheIssuerIsAwayThenItsLastWordHoldsAndOnlyTheFirstOneWaits() {
        read("first");
        for (int hour = 0; hour < 2; hour++) {
            clock.advance(Duration.ofHours(1));
            CompletableFuture<String> waiting = get();
            assertFalse(waiting.isDone());
            asked.remove().fail(new IssuerFailure("away"));
            assertEquals("first", waiting.join());
            for (int i = 0; i < 20; i++) {
                clock.advance(Duration.ofSeconds(11));
                assertEquals("first", published.get().await().indefinitely());
                asked.remove().fail(new IssuerFailure("away"));
            }
        }
        clock.advance(Duration.ofSeconds(11));
        published.known();
        asked.remove().complete("second");
        assertEquals(Optional.of("second"), published.known());
    }

    @Test
    void whenAKeyIsWithdrawnThenNothingIsGoodByItBehindAnIdleTime() {
        PublicJsonWebKey kept = TestKeys.newKey("kept");
        PublicJsonWebKey withdrawn = TestKeys.newKey("withdrawn");
        IssuerKeys keys = new IssuerKeys("issuer", () -> issuer, clock);
        CompletableFuture<Optional<VerificationKey>> first = find(keys, withdrawn);
        asked.remove().complete(set(kept, withdrawn));
        VerificationKey key = first.join().orElseThrow();
        assertTrue(keys.holds(key));
        clock.advance(OLD);
        assertFalse(keys.holds(key));
        CompletableFuture<Optional<VerificationKey>> second = find(keys, withdrawn);
        CompletableFuture<Optional<VerificationKey>> other = find(keys, kept);
        assertFalse(second.isDone() || other.isDone());
        asked.remove().complete(set(kept));
        assertEquals(Optional.empty(), second.join());
        assertTrue(other.join().isPresent());
        assertFalse(keys.holds(key));
    }

    private void read(String answer) {
        CompletableFuture<String> first = get();
        asked.remove().complete(answer);
        assertEquals(answer, first.join());
    }

    private CompletableFuture<String> get() {
        return published.get().subscribeAsCompletionStage();
    }

    private static CompletableFuture<Optional<VerificationKey>> find(IssuerKeys keys, PublicJsonWebKey key) {
        return keys.find(new VerificationKey.Name(key.getKeyId(), "ES256")).subscribeAsCompletionStage();
    }

    private static String set(PublicJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }
}
