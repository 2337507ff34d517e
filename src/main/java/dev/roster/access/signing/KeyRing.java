package dev.roster.access.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;

/** One state of the keys; it does not change. */
final class KeyRing {
    private final PublicJsonWebKey first;
    private final PublicJsonWebKey before;
    private final Instant firstSignsAt;
    private final Map<String, Instant> seen;
    private final Map<String, VerificationKey> verifying;
    private final String published;

    /**
     * A state.
     *
     * @param seen since when each key is published
     * @param before what signs until the first key does
     */
    KeyRing(List<PublicJsonWebKey> keys, Map<String, Instant> seen, PublicJsonWebKey before, Instant firstSignsAt) {
        first = keys.get(0);
        this.before = before;
        this.firstSignsAt = firstSignsAt;
        this.seen = Map.copyOf(seen);
        verifying = keys.stream()
                .map(key -> new VerificationKey(key.getKeyId(), key.getAlgorithm(), key.getPublicKey()))
                .collect(Collectors.toUnmodifiableMap(VerificationKey::id, key -> key));
        published = new JsonWebKeySet(keys.stream().map(KeyRing::publicPart).toList())
                .toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The state after the file has changed. */
    KeyRing replacedBy(List<PublicJsonWebKey> keys, Instant now, Duration beforeFirstUse) {
        Map<String, Instant> since = new HashMap<>();
        for (PublicJsonWebKey key : keys) {
            since.put(key.getKeyId(), seen.getOrDefault(key.getKeyId(), now));
        }
        String signing = signing(now).getKeyId();
        PublicJsonWebKey next = keys.get(0);
        Instant published = since.get(next.getKeyId());
        return keys.stream()
                .filter(key -> key.getKeyId().equals(signing) && key.getPrivateKey() != null)
                .findFirst()
                .map(present -> new KeyRing(
                        keys,
                        since,
                        present,
                        published.equals(Instant.MIN) ? published : published.plus(beforeFirstUse)))
                .orElseGet(() -> new KeyRing(keys, since, next, Instant.MIN));
    }

    PublicJsonWebKey next() {
        return first;
    }

    PublicJsonWebKey signing(Instant now) {
        return now.isBefore(firstSignsAt) ? before : first;
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
