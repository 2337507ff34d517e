package dev.roster.user;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Bcrypt as OpenBSD writes it, and PHP with its own prefix; of a password it takes 72 bytes. */
final class BcryptHash {
    // Measured: 10 costs 26 MiB of Argon2, 12 a hundred; each step doubles it
    private static final int ROUNDS_OF_A_MIB = 40;

    private static final int LEAST = 4;
    private static final int MOST = 31;

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(?<cost>\\d{2})\\$[./A-Za-z0-9]{53}");

    // Of the last character of a salt the two upper bits count; what is behind them is not always zero
    private static final int END_OF_SALT = "$2a$10$".length() + 21;
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int UPPER_BITS = 0x30;

    private BcryptHash() {}

    static Optional<KnownHash> parse(String hash) {
        Matcher bcrypt = FORM.matcher(hash);
        if (!bcrypt.matches()) {
            return Optional.empty();
        }
        String checked = canonical(hash);
        int cost = KnownHash.number(bcrypt, "cost");
        return cost < LEAST || cost > MOST
                ? Optional.empty()
                : Optional.of(KnownHash.of(
                        password -> OpenBSDBCrypt.checkPassword(checked, password.getBytes(StandardCharsets.UTF_8)),
                        (1024L << cost) / ROUNDS_OF_A_MIB));
    }

    /** The same salt and hash as Bouncy Castle writes them, which compares texts. */
    private static String canonical(String hash) {
        int bits = ALPHABET.indexOf(hash.charAt(END_OF_SALT)) & UPPER_BITS;
        return hash.substring(0, END_OF_SALT) + ALPHABET.charAt(bits) + hash.substring(END_OF_SALT + 1);
    }
}
