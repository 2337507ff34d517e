package dev.roster.access.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.ReservedClaimNames;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys of this service: one signs, all of them verify (RFC 7517). They can be replaced while
 * requests run.
 */
public final class SigningKeys {

    /** How long readers of the key set may keep it. */
    public static final Duration PUBLISHED_FOR = Duration.ofMinutes(5);

    private final Duration lead;
    private final Clock clock;
    private volatile KeyRing ring;

    /**
     * The keys of a checked set.
     *
     * @param keys with distinct key ids, the signing one first
     * @param lead how long a key is published before it signs
     */
    public SigningKeys(List<PublicJsonWebKey> keys, Duration lead, Clock clock) {
        this.lead = lead;
        this.clock = clock;
        ring = KeyRing.of(keys, clock.instant(), lead);
    }

    /**
     * Takes other keys. The first one signs at once if it was published long enough under the
     * earlier set; otherwise the present one goes on until then, as long as it is still there.
     */
    public void replace(List<PublicJsonWebKey> keys) {
        Instant now = clock.instant();
        ring = ring.replacedBy(keys, now, lead);
    }

    /**
     * Signs a token.
     *
     * @param type the {@code typ} of its header
     */
    public String sign(JwtClaims claims, String type) {
        return sign(claims, type, new Headers(), ring.usual());
    }

    /** Signs a token by an algorithm, which {@link #available} has said. */
    public String sign(JwtClaims claims, String type, SigningAlgorithm algorithm) {
        KeyLine line = ring.of(algorithm);
        return sign(claims, type, new Headers(), line == null ? ring.usual() : line);
    }

    /** Whether a key signs by this algorithm. */
    public boolean has(SigningAlgorithm algorithm) {
        return ring.of(algorithm) != null;
    }

    /** The wanted algorithm, or that of all other tokens where no key signs by it. */
    public SigningAlgorithm available(SigningAlgorithm wanted) {
        return has(wanted) ? wanted : usualAlgorithm();
    }

    /** The algorithm of tokens that ask for none. */
    SigningAlgorithm usualAlgorithm() {
        return SigningAlgorithm.of(ring.usual().signing(clock.instant()).getAlgorithm())
                .orElseThrow();
    }

    /** The names of the algorithms by which keys sign. */
    public Set<String> algorithms() {
        return ring.algorithms();
    }

    /**
     * Signs a token that begins with its own id (RFC 7519 section 5.3), so that people can tell it
     * from others by its first characters.
     */
    public String signNamed(JwtClaims claims, String type, String id) {
        Headers headers = new Headers();
        headers.setStringHeaderValue(ReservedClaimNames.JWT_ID, id);
        return sign(claims, type, headers, ring.usual());
    }

    private String sign(JwtClaims claims, String type, Headers headers, KeyLine line) {
        PublicJsonWebKey key = line.signing(clock.instant());
        headers.setStringHeaderValue(HeaderParameterNames.TYPE, type);
        headers.setStringHeaderValue(HeaderParameterNames.KEY_ID, key.getKeyId());
        headers.setStringHeaderValue(HeaderParameterNames.ALGORITHM, key.getAlgorithm());
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String text = headers.getEncodedHeader()
                + "."
                + base64.encodeToString(claims.toJson().getBytes(StandardCharsets.UTF_8));
        try {
            byte[] signature = SigningAlgorithm.of(key.getAlgorithm())
                    .orElseThrow()
                    .sign(key, text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + base64.encodeToString(signature);
        } catch (GeneralSecurityException keysAreChecked) {
            throw new IllegalStateException(keysAreChecked);
        }
    }

    /** The id of the key that signs at this moment. */
    public String signingId() {
        return ring.usual().signing(clock.instant()).getKeyId();
    }

    /** The id of the key that signs as soon as it was published long enough, or does already. */
    public String nextSigningId() {
        return ring.usual().first().getKeyId();
    }

    /** The same, with those that sign by another algorithm. */
    public Set<String> nextSigningIds() {
        return ring.firstIds();
    }

    /** The key that verifies what was signed under this id. */
    public Optional<VerificationKey> verifying(String keyId) {
        return Optional.ofNullable(keyId).map(ring.verifying()::get);
    }

    /**
     * The key that verifies this signature.
     *
     * @throws UnresolvableKeyException if there is none, or it is for another algorithm
     */
    public VerificationKey resolve(JsonWebSignature signature) throws UnresolvableKeyException {
        return verifying(signature.getKeyIdHeaderValue())
                .filter(key -> key.algorithm().equals(signature.getAlgorithmHeaderValue()))
                .orElseThrow(() -> new UnresolvableKeyException("No key of this id"));
    }

    /** Whether what this key has verified is still good. */
    public boolean holds(VerificationKey key) {
        return key.equals(ring.verifying().get(key.id()));
    }

    /** The public keys as a JWK set in JSON. */
    public String published() {
        return ring.published();
    }
}
