package dev.roster.access.signing;

import java.security.PublicKey;

/**
 * A public key that verifies tokens.
 *
 * @param id its {@code kid}
 * @param algorithm the only one that it verifies with
 */
public record VerificationKey(String id, String algorithm, PublicKey key) {}
