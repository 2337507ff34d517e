package dev.roster.user;

import dev.roster.platform.error.RosterException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The kinds of hashes of passwords that other systems keep, and what one may cost. */
public final class PasswordHashes {
    private static final String RULE =
            "must be a hash of a kind that is known: argon2, bcrypt, pbkdf2 or scrypt in the PHC"
                    + " format, pbkdf2 of Django, scrypt of Firebase, or SHA of a directory";

    private static final int LONGEST = 1_000;

    private static final List<Function<String, Optional<KnownHash>>> KINDS =
            List.of(Argon2Hash::parse, BcryptHash::parse, Pbkdf2Hash::parse, ScryptHash::parse, LdapHash::parse);

    private PasswordHashes() {}

    /** The hash; {@code invalid_request} where it is of no kind that is known, or costs too much to check. */
    public static String check(String hash) {
        if (hash.length() > LONGEST || parse(hash).isEmpty()) {
            throw RosterException.invalid("password_hash", RULE);
        }
        return hash;
    }

    /** Whether a password is the one of a hash that was taken. */
    static boolean matches(String password, String hash) {
        return kept(hash).map(known -> known.matches(password)).orElse(false);
    }

    /** How many MiB it takes to check a password against a hash that was taken. */
    static int mib(String hash) {
        return kept(hash).map(KnownHash::mib).orElse(0);
    }

    /** Empty for one that was taken under looser rules, and that no password is the one of. */
    private static Optional<KnownHash> kept(String hash) {
        try {
            return parse(hash);
        } catch (RosterException refused) {
            return Optional.empty();
        }
    }

    private static Optional<KnownHash> parse(String hash) {
        try {
            return KINDS.stream().flatMap(kind -> kind.apply(hash).stream()).findFirst();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
