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

    private static final String TOO_DEAR =
            "costs too much to check: as much as %2$s MiB of Argon2 (memory times passes),"
                    + " and at most %1$s are taken";

    private static final int LONGEST = 1_000;

    private static final long KIB = 1024;

    // argon2-cffi, and with it most of Python, takes 64 MiB three times, PHP four times
    private static final int MOST_MIB = 64;

    /**
     * What a check may cost, of our own hashes too: MiB that Argon2 fills, so some seven of our own as they are without
     * a setting, half a second of a core.
     */
    static final int MOST_COST = 4 * MOST_MIB;

    private static final List<Function<String, Optional<KnownHash>>> KINDS =
            List.of(Argon2Hash::parse, BcryptHash::parse, Pbkdf2Hash::parse, ScryptHash::parse, LdapHash::parse);

    private static final KnownHash NONE = KnownHash.of(password -> false, 0);

    private PasswordHashes() {}

    /** The hash; {@code invalid_request} where it is of no kind that is known, or costs too much to check. */
    public static String check(String hash) {
        if (hash.length() > LONGEST) {
            throw RosterException.invalid("password_hash", RULE);
        }
        KnownHash known = parse(hash).orElseThrow(() -> RosterException.invalid("password_hash", RULE));
        if (known.kib() > MOST_MIB * KIB) {
            throw RosterException.invalid("password_hash", "takes more than " + MOST_MIB + " MiB to check");
        }
        if (known.cost() > MOST_COST * KIB) {
            throw RosterException.invalid("password_hash", TOO_DEAR.formatted(MOST_COST, known.cost() / KIB));
        }
        return hash;
    }

    /** Whether it is of a kind that is known, and does not cost too much. */
    public static boolean isTaken(String hash) {
        try {
            check(hash);
            return true;
        } catch (RosterException refused) {
            return false;
        }
    }

    /** One that was taken once, whatever it costs; no password is that of one that is none under the rules of today. */
    static KnownHash kept(String hash) {
        try {
            return parse(hash).orElse(NONE);
        } catch (RosterException refused) {
            return NONE;
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
