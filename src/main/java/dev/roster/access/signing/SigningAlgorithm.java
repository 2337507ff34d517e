package dev.roster.access.signing;

import dev.roster.platform.digest.Sha256;
import dev.roster.platform.validation.Word;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * How tokens are signed (RFC 7518 section 3, RFC 8037 section 3.1): the key decides. Bouncy Castle
 * signs on curves, and the JDK verifies.
 */
public enum SigningAlgorithm implements Word {
    ES256(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256) {
        @Override
        boolean fits(PublicJsonWebKey key) {
            return key instanceof EllipticCurveJsonWebKey ec && "P-256".equals(ec.getCurveName());
        }

        @Override
        PublicJsonWebKey generate() throws JoseException {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        }

        @Override
        byte[] sign(PublicJsonWebKey key, byte[] text) {
            // Deterministic (RFC 6979), so that no signature depends on the quality of random bits
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            BigInteger secret = ((ECPrivateKey) key.getPrivateKey()).getS();
            signer.init(true, new ECPrivateKeyParameters(secret, SigningAlgorithm.P256));
            BigInteger[] pair = signer.generateSignature(Sha256.of(text));
            return PlainDSAEncoding.INSTANCE.encode(SigningAlgorithm.P256.getN(), pair[0], pair[1]);
        }
    },
    RS256(AlgorithmIdentifiers.RSA_USING_SHA256) {
        @Override
        boolean fits(PublicJsonWebKey key) {
            return key.getPublicKey() instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() >= SHORTEST_RSA_BITS;
        }

        @Override
        PublicJsonWebKey generate() throws JoseException {
            return RsaJwkGenerator.generateJwk(NEW_RSA_BITS);
        }

        @Override
        byte[] sign(PublicJsonWebKey key, byte[] text) throws GeneralSecurityException {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivateKey());
            signature.update(text);
            return signature.sign();
        }
    },
    EDDSA(AlgorithmIdentifiers.EDDSA) {
        @Override
        boolean fits(PublicJsonWebKey key) {
            return key instanceof OctetKeyPairJsonWebKey okp
                    && OctetKeyPairJsonWebKey.SUBTYPE_ED25519.equals(okp.getSubtype());
        }

        @Override
        PublicJsonWebKey generate() throws JoseException {
            return OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
        }

        @Override
        byte[] sign(PublicJsonWebKey key, byte[] text) {
            byte[] secret = ((EdECPrivateKey) key.getPrivateKey()).getBytes().orElseThrow();
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, new Ed25519PrivateKeyParameters(secret));
            signer.update(text, 0, text.length);
            return signer.generateSignature();
        }
    };

    // RFC 7518 section 3.3 asks for 2048; NIST SP 800-57 for 3072 beyond the year 2030.
    private static final int SHORTEST_RSA_BITS = 2048;
    private static final int NEW_RSA_BITS = 3072;

    // The JDK's signatures take five to ten times as long: half of what a token costs
    private static final ECDomainParameters P256 = new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

    private final String value;

    SigningAlgorithm(String value) {
        this.value = value;
    }

    /** The name as it stands in {@code alg}. */
    @Override
    public String value() {
        return value;
    }

    /** Whether a signature takes milliseconds, for which an event loop would serve nobody else. */
    public boolean isSlow() {
        return this == RS256;
    }

    /** Whether a key is of the kind that this algorithm signs with. */
    abstract boolean fits(PublicJsonWebKey key);

    /** A new key pair, without an id. */
    abstract PublicJsonWebKey generate() throws JoseException;

    /** The signature of a text as JWS has it: of fixed length, without ASN.1. */
    abstract byte[] sign(PublicJsonWebKey key, byte[] text) throws GeneralSecurityException;

    /** The left half of the hash that belongs to the signature, of ASCII ({@code at_hash}, Core section 3.1.3.6). */
    public byte[] leftHalf(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] hash = this == EDDSA ? sha512(ascii) : Sha256.of(ascii);
        return Arrays.copyOf(hash, hash.length / 2);
    }

    // What Ed25519 hashes by (RFC 8032 section 5.1)
    private static byte[] sha512(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The algorithm of this name. */
    public static Optional<SigningAlgorithm> of(String value) {
        return Word.of(SigningAlgorithm.class, value);
    }

    /** The only algorithm that a key is used with; empty for a key of another kind. */
    public static Optional<SigningAlgorithm> of(PublicJsonWebKey key) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.fits(key)).findAny();
    }

    /** What a signature by a known key may use. */
    public static AlgorithmConstraints only(String algorithm) {
        return new AlgorithmConstraints(ConstraintType.PERMIT, algorithm);
    }

    /** What a signature may use at all; never {@code none}, never a shared secret. */
    public static AlgorithmConstraints permitted() {
        return new AlgorithmConstraints(
                ConstraintType.PERMIT,
                Arrays.stream(values()).map(SigningAlgorithm::value).toArray(String[]::new));
    }
}
