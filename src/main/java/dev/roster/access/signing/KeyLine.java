package dev.roster.access.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * Keys that sign one after the other.
 *
 * @param before what signs until the first key does
 */
record KeyLine(PublicJsonWebKey first, PublicJsonWebKey before, Instant firstSignsAt) {

    /** One whose first key signs at once. */
    static KeyLine of(PublicJsonWebKey first) {
        return new KeyLine(first, first, Instant.MIN);
    }

    PublicJsonWebKey signing(Instant now) {
        return now.isBefore(firstSignsAt) ? before : first;
    }

    /**
     * The line after its keys were replaced: the present one goes on until the first was published for long enough, as
     * long as it is still there.
     *
     * @param publishedAt of the first key
     */
    KeyLine followedBy(
            PublicJsonWebKey next, List<PublicJsonWebKey> keys, Instant publishedAt, Instant now, Duration lead) {
        String signing = signing(now).getKeyId();
        Instant signsAt = publishedAt.equals(Instant.MIN) ? publishedAt : publishedAt.plus(lead);
        return keys.stream()
                .filter(key -> key.getKeyId().equals(signing) && key.getPrivateKey() != null)
                .findFirst()
                .map(present -> new KeyLine(next, present, signsAt))
                .orElseGet(() -> of(next));
    }
}
