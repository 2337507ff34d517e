package dev.roster.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2 of all types (RFC 9106), in the PHC string format. */
final class Argon2Hash {
    // RFC 9106 section 3.2: each lane has four slices, of two blocks at least
    private static final long LEAST_OF_A_LANE = 8;

    private static final Pattern PHC = Pattern.compile("\\$argon2(?<type>id|i|d)\\$(?:v=(?<version>16|19)\\$)?"
            + "m=(?<memory>\\d{1,7}),t=(?<passes>\\d{1,4}),p=(?<lanes>\\d{1,3})"
            + "\\$(?<salt>[A-Za-z0-9+/]{11,86}={0,2})\\$(?<tag>[A-Za-z0-9+/]{16,86}={0,2})");

    private Argon2Hash() {}

    static Optional<KnownHash> parse(String hash) {
        Matcher phc = PHC.matcher(hash);
        if (!phc.matches()) {
            return Optional.empty();
        }
        int lanes = KnownHash.number(phc, "lanes");
        int memory = KnownHash.number(phc, "memory");
        int passes = KnownHash.number(phc, "passes");
        Argon2Parameters parameters = new Argon2Parameters.Builder(type(phc.group("type")))
                .withVersion(
                        "19".equals(phc.group("version"))
                                ? Argon2Parameters.ARGON2_VERSION_13
                                : Argon2Parameters.ARGON2_VERSION_10)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(KnownHash.bytes(phc.group("salt")))
                .build();
        byte[] tag = KnownHash.bytes(phc.group("tag"));
        long filled = filled(memory, lanes);
        return Optional.of(new KnownHash(
                password -> MessageDigest.isEqual(tag, tag(parameters, password, tag.length)),
                filled * passes,
                filled));
    }

    /** How many KiB are filled where some are asked for. */
    static long filled(int memory, int lanes) {
        return Math.max(memory, LEAST_OF_A_LANE * lanes);
    }

    private static int type(String type) {
        return switch (type) {
            case "i" -> Argon2Parameters.ARGON2_i;
            case "d" -> Argon2Parameters.ARGON2_d;
            default -> Argon2Parameters.ARGON2_id;
        };
    }

    static byte[] tag(Argon2Parameters parameters, String password, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] tag = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }
}
