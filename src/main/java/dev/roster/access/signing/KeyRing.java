package dev.roster.access.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;

/** One state of the keys; it does not change. */
final class KeyRing {
    private final KeyLine usual;
    private final Map<String, KeyLine> byAlgorithm;
    private final Map<String, Instant> seen;
    private final Map<String, VerificationKey> verifying;
    private final String published;

    /**
     * A state.
     *
     * @param seen since when each key is published
     * @param usual what signs where no algorithm is asked for
     */
    private KeyRing(
            List<PublicJsonWebKey> keys, Map<String, Instant> seen, KeyLine usual, Map<String, KeyLine> byAlgorithm) {
        this.usual = usual;
        this.byAlgorithm = Map.copyOf(byAlgorithm);
        this.seen = Map.copyOf(seen);
        verifying = keys.stream()
                .map(key -> new VerificationKey(key.getKeyId(), key.getAlgorithm(), key.getPublicKey()))
                .collect(Collectors.toUnmodifiableMap(VerificationKey::id, key -> key));
        published = new JsonWebKeySet(keys.stream().map(KeyRing::publicPart).toList())
                .toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The state at a start: keys count as published since they were made, or for long where they do not say so. */
    static KeyRing of(List<PublicJsonWebKey> keys, Instant now, Duration lead) {
        Map<String, Instant> seen = new HashMap<>();
        keys.forEach(key -> seen.put(key.getKeyId(), KeySchedule.publishedAt(key)));
        Map<String, KeyLine> lines = new HashMap<>();
        firsts(keys).forEach((algorithm, first) -> {
            List<PublicJsonWebKey> same = keys.stream()
                    .filter(key -> key.getAlgorithm().equals(algorithm))
                    .toList();
            lines.put(algorithm, follow(before(first, same, seen, now, lead), first, keys, seen, now, lead));
        });
        PublicJsonWebKey usual = keys.get(0);
        return new KeyRing(
                keys, seen, follow(before(usual, keys, seen, now, lead), usual, keys, seen, now, lead), lines);
    }

    /** What signed before the start, while the first key is too new: the key that last made place, if it signed at all. */
    private static KeyLine before(
            PublicJsonWebKey first,
            List<PublicJsonWebKey> keys,
            Map<String, Instant> seen,
            Instant now,
            Duration lead) {
        Instant latest = now.minus(lead);
        return KeyLine.of(keys.stream()
                .filter(key -> key.getPrivateKey() != null && KeySchedule.isRetired(key))
                .filter(key -> !seen.get(key.getKeyId()).isAfter(latest))
                .findFirst()
                .orElse(first));
    }

    /** The state after the file has changed. */
    KeyRing replacedBy(List<PublicJsonWebKey> keys, Instant now, Duration lead) {
        Map<String, Instant> since = new HashMap<>();
        for (PublicJsonWebKey key : keys) {
            since.put(key.getKeyId(), seen.getOrDefault(key.getKeyId(), now));
        }
        Map<String, KeyLine> lines = new HashMap<>();
        firsts(keys)
                .forEach((algorithm, first) -> lines.put(
                        algorithm,
                        follow(byAlgorithm.getOrDefault(algorithm, KeyLine.of(first)), first, keys, since, now, lead)));
        return new KeyRing(keys, since, follow(usual, keys.get(0), keys, since, now, lead), lines);
    }

    private static KeyLine follow(
            KeyLine line,
            PublicJsonWebKey first,
            List<PublicJsonWebKey> keys,
            Map<String, Instant> since,
            Instant now,
            Duration lead) {
        return line.followedBy(first, keys, since.get(first.getKeyId()), now, lead);
    }

    /** The first key of each algorithm that can sign and is not on its way out. */
    private static Map<String, PublicJsonWebKey> firsts(List<PublicJsonWebKey> keys) {
        return keys.stream()
                .filter(key -> key.getPrivateKey() != null && !KeySchedule.isRetired(key))
                .collect(Collectors.toMap(PublicJsonWebKey::getAlgorithm, key -> key, (first, later) -> first));
    }

    /** What signs where no algorithm is asked for. */
    KeyLine usual() {
        return usual;
    }

    /** What signs by an algorithm; null where nothing does. */
    KeyLine of(SigningAlgorithm algorithm) {
        return byAlgorithm.get(algorithm.value());
    }

    /** The names of the algorithms by which something signs. */
    Set<String> algorithms() {
        return byAlgorithm.keySet();
    }

    /** The ids of the keys that sign, or will as soon as they were published for long enough. */
    Set<String> firstIds() {
        return Stream.concat(Stream.of(usual), byAlgorithm.values().stream())
                .map(line -> line.first().getKeyId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Map<String, VerificationKey> verifying() {
        return verifying;
    }

    String published() {
        return published;
    }

    /** Nothing but the key: a file may say more about it than readers should know. */
    private static JsonWebKey publicPart(PublicJsonWebKey key) {
        try {
            JsonWebKey part = JsonWebKey.Factory.newJwk(key.getPublicKey());
            part.setKeyId(key.getKeyId());
            part.setAlgorithm(key.getAlgorithm());
            part.setUse(Use.SIGNATURE);
            return part;
        } catch (JoseException keysAreChecked) {
            throw new IllegalStateException(keysAreChecked);
        }
    }
}
