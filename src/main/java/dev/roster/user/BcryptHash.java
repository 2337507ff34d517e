package dev.roster.user;

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

    private BcryptHash() {}

    static Optional<KnownHash> parse(String hash) {
        Matcher bcrypt = FORM.matcher(hash);
        if (!bcrypt.matches()) {
            return Optional.empty();
        }
        int cost = KnownHash.number(bcrypt, "cost");
        return cost < LEAST || cost > MOST
                ? Optional.empty()
                : Optional.of(KnownHash.of(
                        password -> OpenBSDBCrypt.checkPassword(hash, password.toCharArray()),
                        (1024L << cost) / ROUNDS_OF_A_MIB));
    }
}
