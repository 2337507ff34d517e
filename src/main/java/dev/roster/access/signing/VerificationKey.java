package dev.roster.access.signing;

import java.security.PublicKey;

/**
 * A public key that verifies tokens.
 *
 * @param id its {@code kid}
 * @param algorithm the only one that it verifies with
 */
public record VerificationKey(String id, String algorithm, PublicKey key) {

    /** What the header of a token names: keys of different kinds may have one {@code kid} (RFC 7517 section 4.5). */
    public record Name(String id, String algorithm) {}

    public Name name() {
        return new Name(id, algorithm);
    }
}
