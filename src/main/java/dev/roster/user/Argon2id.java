package dev.roster.user;

import dev.roster.platform.digest.RandomBytes;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106) with hashes in the PHC string format, which names its own parameters. */
final class Argon2id {
    private static final int LANES = 1;
    private static final int KIB = 1024;
    private static final int MOST_WORTH = 1_000;
    // RFC 9106 section 3.1 recommends 128 bits of salt; 256 bits of tag are its section 4 choice.
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final int memoryKib;
    private final int passes;
    private final String nobody;

    /** Nanoseconds that a hash has taken lately. */
    private final AtomicLong usual = new AtomicLong();

    Argon2id(PasswordHashSettings settings) {
        memoryKib = settings.memory() * KIB;
        passes = settings.passes();
        // No known password has it
        nobody = phc(RandomBytes.of(SALT_BYTES), RandomBytes.of(TAG_BYTES));
    }

    /** The hash of a password with a new salt. */
    String hash(String password) {
        byte[] salt = RandomBytes.of(SALT_BYTES);
        return phc(salt, tag(password, salt, memoryKib, passes, LANES, TAG_BYTES));
    }

    /** Whether a password is the one of a hash; without a hash, as slowly, it is not. */
    boolean matches(String password, String hash) {
        long start = System.nanoTime();
        Matcher phc = parse(hash == null ? nobody : hash);
        byte[] expected = Base64.getDecoder().decode(phc.group(5));
        byte[] actual = tag(
                password,
                Base64.getDecoder().decode(phc.group(4)),
                Integer.parseInt(phc.group(1)),
                Integer.parseInt(phc.group(2)),
                Integer.parseInt(phc.group(3)),
                expected.length);
        long taken = System.nanoTime() - start;
        if (hash == null || !isOutdated(hash)) {
            usual.accumulateAndGet(taken, (before, now) -> before == 0 ? now : (7 * before + now) / 8);
        } else {
            fill(taken);
        }
        return MessageDigest.isEqual(expected, actual) && hash != null;
    }

    /**
     * Works on until a check has taken as long as one of a present hash: by its time nobody shall learn that an account has
     * a cheaper one, and so exists.
     *
     * @param taken nanoseconds so far
     */
    void fill(long taken) {
        long whole = usual.get();
        double left = whole == 0 ? 1 : 1 - (double) taken / whole;
        if (left > 0) {
            byte[] unused = tag("", new byte[SALT_BYTES], (int) (memoryKib * left), passes, LANES, TAG_BYTES);
        }
    }

    /** How many hashes of its own a check costs, in time or in memory, whichever are more; never none. */
    int worth(long cost, long kib) {
        long own = (long) memoryKib * passes;
        return (int) Math.min(
                MOST_WORTH, Math.max(1, Math.max(-Math.floorDiv(-cost, own), -Math.floorDiv(-kib, memoryKib))));
    }

    /** How many that of a password and a hash that is made here costs; one that is null is that of nobody. */
    int worth(String hash) {
        if (hash == null) {
            return 1;
        }
        Matcher phc = parse(hash);
        long kib = Argon2Hash.filled(Integer.parseInt(phc.group(1)), Integer.parseInt(phc.group(3)));
        return worth(kib * Long.parseLong(phc.group(2)), kib);
    }

    /**
     * Whether a hash cost another memory or other passes than a new one does. A dearer one is renewed as well: its checks
     * would wait among the dear ones for ever.
     */
    boolean isOutdated(String hash) {
        Matcher phc = parse(hash);
        return Integer.parseInt(phc.group(1)) != memoryKib || Integer.parseInt(phc.group(2)) != passes;
    }

    /** Whether a hash is of the kind that is made here. */
    static boolean isOwn(String hash) {
        return PHC.matcher(hash).matches();
    }

    private static Matcher parse(String hash) {
        Matcher phc = PHC.matcher(hash);
        if (!phc.matches()) {
            throw new IllegalStateException("a kept hash is not Argon2id in the PHC format");
        }
        return phc;
    }

    private String phc(byte[] salt, byte[] tag) {
        return "$argon2id$v=19$m=%s,t=%s,p=%s$%s$%s".formatted(memoryKib, passes, LANES, encode(salt), encode(tag));
    }

    private static byte[] tag(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
        return Argon2Hash.tag(parameters, password, length);
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
