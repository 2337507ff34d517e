package dev.roster.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.roster.platform.digest.Sha256;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Remembers by its digest what a token was verified to be, until the token ends: so many tokens of
 * usual length over all, and so few of one owner that nobody pushes out those of the others.
 *
 * @param <T> what is known of a token
 */
// Caffeine picks its implementation by name; a native image must be told of it
@RegisterForReflection(
        classNames = {
            "com.github.benmanes.caffeine.cache.SSSMWA",
            "com.github.benmanes.caffeine.cache.PSWMW",
            "com.github.benmanes.caffeine.cache.SSMS",
            "com.github.benmanes.caffeine.cache.PSMS"
        })
public final class TokenCache<T> {
    /**
     * How many of one session: a program uses one at a time, and two around its renewal. The next
     * takes the place of the one remembered first, which is only verified again.
     */
    static final int MOST_OF_AN_OWNER = 16;

    // Tokens of this service have 700 to 1,000 characters; a longer one counts as several.
    private static final int USUAL_LENGTH = 2 * 1024;

    private record Entry<T>(T known, Instant end, int weight) {}

    private final Cache<String, Entry<T>> entries;
    private final Cache<Object, Deque<String>> digestsOfOwners;
    private final boolean remembering;
    private final Clock clock;

    /**
     * An empty one.
     *
     * @param name of its metrics
     */
    public TokenCache(String name, TokenCacheSettings settings, MeterRegistry metrics, Clock clock) {
        this.clock = clock;
        int size = settings.size();
        remembering = size > 0;
        entries = Caffeine.newBuilder()
                .maximumWeight(size)
                .weigher((String digest, Entry<T> entry) -> entry.weight())
                .expireAfter(Expiry.creating(this::remaining))
                .recordStats()
                .build();
        digestsOfOwners = Caffeine.newBuilder().maximumSize(size).build();
        CaffeineCacheMetrics.monitor(metrics, entries, name);
    }

    /** What is known of a token. */
    public Optional<T> find(String token) {
        return Optional.ofNullable(entries.getIfPresent(Sha256.latin1(token))).map(Entry::known);
    }

    /**
     * Remembers a token that was verified.
     *
     * @param owner whose tokens share the places of one
     * @param end when it must be forgotten
     */
    public void keep(String token, Object owner, T known, Instant end) {
        if (!remembering) {
            return;
        }
        String digest = Sha256.latin1(token);
        entries.put(digest, new Entry<>(known, end, 1 + (token.length() - 1) / USUAL_LENGTH));
        digestsOfOwners.asMap().compute(owner, (same, digests) -> withNewest(digests, digest));
    }

    private Deque<String> withNewest(Deque<String> digests, String digest) {
        Deque<String> others = digests == null ? new ArrayDeque<>(2) : digests;
        others.remove(digest);
        others.addLast(digest);
        if (others.size() > MOST_OF_AN_OWNER) {
            entries.invalidate(others.removeFirst());
        }
        return others;
    }

    private Duration remaining(String digest, Entry<T> entry) {
        Duration remaining = Duration.between(clock.instant(), entry.end());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }
}
