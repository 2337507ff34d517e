package dev.roster.user;

import dev.roster.platform.error.RosterException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Scrypt (RFC 7914) in the PHC string format, and as Firebase has it: there, the key that scrypt gives encrypts a key of
 * the project, and the result is the hash.
 */
final class ScryptHash {
    // More than any memory that is taken
    private static final int MOST_EXPONENT = 20;

    // RFC 7914 section 2: a block is 128 bytes times r
    private static final int BLOCK = 128;

    private static final int FIREBASE_KEY = 64;
    private static final int AES_KEY = 32;
    private static final int AES_BLOCK = 16;

    private static final String BASE64 = "[A-Za-z0-9+/]";
    private static final Pattern PHC = Pattern.compile("\\$scrypt\\$ln=(?<n>\\d{1,2}),r=(?<r>\\d{1,2}),p=(?<p>\\d{1,2})"
            + "\\$(?<salt>" + BASE64 + "{1,86}={0,2})\\$(?<tag>" + BASE64 + "{22,171}={0,2})");

    /** {@code $firebase-scrypt$ln=14,r=8$signer key$salt separator$salt$hash}. */
    private static final Pattern FIREBASE = Pattern.compile("\\$firebase-scrypt\\$ln=(?<n>\\d{1,2}),r=(?<r>\\d{1,2})"
            + "\\$(?<key>" + BASE64 + "{22,171}={0,2})\\$(?<separator>" + BASE64 + "{0,22}={0,2})"
            + "\\$(?<salt>" + BASE64 + "{1,86}={0,2})\\$(?<tag>" + BASE64 + "{22,171}={0,2})");

    private ScryptHash() {}

    static Optional<KnownHash> parse(String hash) {
        Matcher phc = PHC.matcher(hash);
        if (phc.matches()) {
            byte[] salt = KnownHash.bytes(phc.group("salt"));
            byte[] tag = KnownHash.bytes(phc.group("tag"));
            int n = blocks(phc);
            int r = KnownHash.number(phc, "r");
            int p = KnownHash.number(phc, "p");
            return Optional.of(known(
                    password -> MessageDigest.isEqual(
                            tag, SCrypt.generate(password.getBytes(StandardCharsets.UTF_8), salt, n, r, p, tag.length)),
                    n,
                    r,
                    p));
        }
        Matcher firebase = FIREBASE.matcher(hash);
        return firebase.matches() ? Optional.of(firebase(firebase)) : Optional.empty();
    }

    private static KnownHash firebase(Matcher hash) {
        byte[] salt = concat(KnownHash.bytes(hash.group("salt")), KnownHash.bytes(hash.group("separator")));
        byte[] signer = KnownHash.bytes(hash.group("key"));
        byte[] tag = KnownHash.bytes(hash.group("tag"));
        int n = blocks(hash);
        int r = KnownHash.number(hash, "r");
        Predicate<String> check = password -> {
            byte[] key = SCrypt.generate(password.getBytes(StandardCharsets.UTF_8), salt, n, r, 1, FIREBASE_KEY);
            return MessageDigest.isEqual(tag, encrypt(Arrays.copyOf(key, AES_KEY), signer));
        };
        return known(check, n, r, 1);
    }

    private static int blocks(Matcher hash) {
        int exponent = KnownHash.number(hash, "n");
        int r = KnownHash.number(hash, "r");
        // RFC 7914 section 2: N is less than 2 to the power of 128 r / 8
        if (exponent > MOST_EXPONENT || exponent >= BLOCK * r / Byte.SIZE) {
            throw RosterException.invalid(
                    "password_hash", "is no scrypt that is taken: ln is at most 20, and with r=1 less than 16");
        }
        return 1 << exponent;
    }

    /** The memory is filled, and read once more; measured, that takes half as long again as Argon2 does to fill it. */
    private static KnownHash known(Predicate<String> check, int n, int r, int p) {
        long kib = (long) n * BLOCK * r / 1024;
        return new KnownHash(check, kib * p * 3 / 2, kib);
    }

    private static byte[] encrypt(byte[] key, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[AES_BLOCK]));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
