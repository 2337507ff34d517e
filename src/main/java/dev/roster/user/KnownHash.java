package dev.roster.user;

import dev.roster.platform.error.RosterException;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Matcher;

/**
 * A hash of a password whose kind is known, with all that it takes to check a password.
 *
 * @param check whether a password is the one; slow, as is meant
 * @param cost of that check: as many KiB as Argon2 fills in the same time. A MiB is 2 to 3 ms of a core
 * @param kib memory that the check takes
 */
record KnownHash(Predicate<String> check, long cost, long kib) {

    /** One that takes no memory to speak of. */
    static KnownHash of(Predicate<String> check, long cost) {
        return new KnownHash(check, cost, 0);
    }

    /** A number of a hash, which is not zero. */
    static int number(Matcher hash, String group) {
        int number = Integer.parseInt(hash.group(group));
        if (number < 1) {
            throw RosterException.invalid("password_hash", "is no hash: one of its parameters is 0");
        }
        return number;
    }

    /** Bytes in Base64 with or without padding, also in the alphabet of passlib. */
    static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text.replace('.', '+').replaceAll("=+$", ""));
    }
}
