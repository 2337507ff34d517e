package dev.roster.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106) with hashes in the PHC string format, which names its own parameters. */
final class Argon2id {
    // The first choice of the OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    // RFC 9106 section 3.1 recommends 128 bits of salt; 256 bits of tag are its section 4 choice.
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final SecureRandom random = new SecureRandom();
    private final String nobody = nobody();

    /** The hash of a password with a new salt. */
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return phc(salt, tag(password, salt, MEMORY_KIB, PASSES, LANES, TAG_BYTES));
    }

    /** Whether a password is the one of a hash; without a hash, as slowly, it is not. */
    boolean matches(String password, String hash) {
        Matcher phc = PHC.matcher(hash == null ? nobody : hash);
        if (!phc.matches()) {
            throw new IllegalStateException("a kept hash is not Argon2id in the PHC format");
        }
        byte[] expected = Base64.getDecoder().decode(phc.group(5));
        byte[] actual =
                tag(
                        password,
                        Base64.getDecoder().decode(phc.group(4)),
                        Integer.parseInt(phc.group(1)),
                        Integer.parseInt(phc.group(2)),
                        Integer.parseInt(phc.group(3)),
                        expected.length);
        return MessageDigest.isEqual(expected, actual) && hash != null;
    }

    /** A hash that no known password has. */
    private String nobody() {
        byte[] salt = new byte[SALT_BYTES];
        byte[] tag = new byte[TAG_BYTES];
        random.nextBytes(salt);
        random.nextBytes(tag);
        return phc(salt, tag);
    }

    private static String phc(byte[] salt, byte[] tag) {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(MEMORY_KIB, PASSES, LANES, encode(salt), encode(tag));
    }

    private static byte[] tag(
            String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] tag = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
