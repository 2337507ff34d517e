package dev.roster.access.signing;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Which keys the service makes, and when they go: the current one, the next one, published before
 * it is used, and the previous ones, until no token of theirs is left.
 *
 * @param lead how long a key is published before it signs
 * @param kept how long a token can live
 */
record KeySchedule(SigningAlgorithm algorithm, Duration lead, Duration kept) {

    /** A member of a retired key (not of RFC 7517): seconds since 1970, when it may go. */
    private static final String ENDS = "exp";

    /** A member of a key that joined others (not of RFC 7517): seconds since 1970, when it was made, and so published. */
    private static final String MADE = "iat";

    // A year of weekly rotations and some; the key set must stay small for its readers.
    private static final int MOST = 60;

    /** The schedule of the settings. */
    static KeySchedule of(KeySettings settings) {
        return new KeySchedule(
                SigningAlgorithm.of(settings.signingAlgorithm()).orElseThrow(),
                settings.signingKeysLead(),
                settings.signingKeysKept());
    }

    /** The keys to start with: as they are, if the current one and a next one are there. */
    List<PublicJsonWebKey> start(List<PublicJsonWebKey> keys, Instant now) {
        if (keys.isEmpty()) {
            // Whoever knows one of the first two knows both
            return List.of(newKey(algorithm), newKey(algorithm));
        }
        if (!algorithm.fits(keys.get(0))) {
            return rotate(withNext(keys, now), now);
        }
        return hasNext(keys) ? keys : withNext(keys, now);
    }

    /** The next key becomes the current one, which becomes a previous one. */
    List<PublicJsonWebKey> rotate(List<PublicJsonWebKey> keys, Instant now) {
        List<PublicJsonWebKey> ready = hasNext(keys) ? keys : withNext(keys, now);
        List<PublicJsonWebKey> rotated = new ArrayList<>();
        rotated.add(ready.get(1));
        rotated.add(newKey(algorithm, now));
        PublicJsonWebKey previous = ready.get(0);
        retire(previous, now);
        rotated.add(previous);
        for (PublicJsonWebKey key : ready.subList(2, ready.size())) {
            if (!isRetired(key)) {
                rotated.add(newKey(SigningAlgorithm.of(key).orElseThrow(), now));
                retire(key, now);
            }
            if (!isOver(key, now)) {
                rotated.add(key);
            }
        }
        if (rotated.size() > MOST) {
            throw RosterException.of(ErrorCode.CONFLICT, "There are already " + MOST + " keys in use.");
        }
        return rotated;
    }

    /** The keys with one that signs by an algorithm. It is made when it is first asked for, as RSA keys take a second. */
    List<PublicJsonWebKey> with(SigningAlgorithm wanted, List<PublicJsonWebKey> keys, Instant now) {
        if (keys.stream().anyMatch(key -> wanted.fits(key) && !isRetired(key))) {
            return keys;
        }
        List<PublicJsonWebKey> extended = new ArrayList<>(keys);
        extended.add(newKey(wanted, now));
        return extended;
    }

    // It signs on until the next one is known everywhere
    private void retire(PublicJsonWebKey key, Instant now) {
        key.setOtherParameter(ENDS, now.plus(lead).plus(kept).getEpochSecond());
    }

    private boolean hasNext(List<PublicJsonWebKey> keys) {
        return keys.size() > 1 && !isRetired(keys.get(1)) && algorithm.fits(keys.get(1));
    }

    private List<PublicJsonWebKey> withNext(List<PublicJsonWebKey> keys, Instant now) {
        List<PublicJsonWebKey> extended = new ArrayList<>(keys);
        extended.add(1, newKey(algorithm, now));
        return extended;
    }

    private static PublicJsonWebKey newKey(SigningAlgorithm algorithm, Instant now) {
        PublicJsonWebKey key = newKey(algorithm);
        key.setOtherParameter(MADE, now.getEpochSecond());
        return key;
    }

    private static PublicJsonWebKey newKey(SigningAlgorithm algorithm) {
        try {
            PublicJsonWebKey key = algorithm.generate();
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            key.setAlgorithm(algorithm.value());
            return key;
        } catch (JoseException everyJavaHasThem) {
            throw new IllegalStateException(everyJavaHasThem);
        }
    }

    private static boolean isOver(PublicJsonWebKey key, Instant now) {
        Long ends = ends(key);
        return ends != null && ends <= now.getEpochSecond();
    }

    /** Whether a key is on its way out: it verifies, and signs until its successor does. */
    static boolean isRetired(PublicJsonWebKey key) {
        return ends(key) != null;
    }

    /** Since when a key is published; {@link Instant#MIN}, for long, where it does not say so. */
    static Instant publishedAt(PublicJsonWebKey key) {
        return key.getOtherParameterValue(MADE, Object.class) instanceof Number seconds
                ? Instant.ofEpochSecond(seconds.longValue())
                : Instant.MIN;
    }

    private static Long ends(PublicJsonWebKey key) {
        Number ends = key.getOtherParameterValue(ENDS, Number.class);
        return ends == null ? null : ends.longValue();
    }
}
