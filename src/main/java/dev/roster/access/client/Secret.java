package dev.roster.access.client;

import dev.roster.platform.digest.RandomBytes;
import dev.roster.platform.digest.Sha256;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What is random about a client, and what is kept of its secret. */
public final class Secret {
    /** Lets secret scanners find one that was committed by mistake. */
    private static final String PREFIX = "rst_";

    private static final int SECRET_BYTES = 32;

    // Public, but unique in the installation without asking the database first.
    private static final int CLIENT_ID_BYTES = 12;

    private static final Pattern RANDOM = Pattern.compile("rst_[A-Za-z0-9_-]{43}");

    private Secret() {}

    /** A new secret of 256 bits. */
    public static String random() {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(RandomBytes.of(SECRET_BYTES));
    }

    /** Whether it is such a secret, by its form: then nobody guesses it, however often they try. */
    public static boolean isRandom(String secret) {
        return RANDOM.matcher(secret).matches();
    }

    /** A new client identifier. */
    public static String randomClientId() {
        return HexFormat.of().formatHex(RandomBytes.of(CLIENT_ID_BYTES));
    }

    /** SHA-256; a slow hash protects guessable passwords, and nobody guesses 256 bits. */
    public static byte[] digest(String secret) {
        return Sha256.of(secret);
    }

    /** Whether the digest is the secret's, in constant time. */
    public static boolean matches(String secret, byte[] digest) {
        return MessageDigest.isEqual(digest(secret), digest);
    }
}
