package dev.roster.user;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Bcrypt as OpenBSD writes it, and PHP with its own prefix; of a password it takes 72 bytes. */
final class BcryptHash {
    // Half a second; each step doubles it
    private static final int MOST = 13;

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(?<cost>\\d{2})\\$[./A-Za-z0-9]{53}");

    private BcryptHash() {}

    static Optional<KnownHash> parse(String hash) {
        Matcher bcrypt = FORM.matcher(hash);
        if (!bcrypt.matches()) {
            return Optional.empty();
        }
        int cost = KnownHash.cost(bcrypt, "cost", MOST, "a cost of 13");
        return cost < 4
                ? Optional.empty()
                : Optional.of(password -> OpenBSDBCrypt.checkPassword(hash, password.toCharArray()));
    }
}
