package dev.roster.user;

import dev.roster.platform.error.RosterException;
import java.util.Base64;
import java.util.regex.Matcher;

/** A hash of a password whose kind is known, with all that it takes to check a password. */
@FunctionalInterface
interface KnownHash {
    /** The rule that a hash breaks which would cost too much. */
    String TOO_DEAR = "costs more than %s to check";

    /** Whether a password is the one. Slow, as is meant. */
    boolean matches(String password);

    /** How many MiB that takes. */
    default int mib() {
        return 0;
    }

    /** The same hash, which takes some KiB to check. */
    default KnownHash taking(int kib) {
        return new KnownHash() {
            @Override
            public boolean matches(String password) {
                return KnownHash.this.matches(password);
            }

            @Override
            public int mib() {
                return KnownHash.mib(kib);
            }
        };
    }

    /** As many MiB as some KiB begin. */
    static int mib(int kib) {
        return (kib + 1023) / 1024;
    }

    /** A number of a hash; refuses one beyond what may be borne, or none at all. */
    static int cost(Matcher hash, String group, int most, String said) {
        int cost = Integer.parseInt(hash.group(group));
        if (cost < 1 || cost > most) {
            throw RosterException.invalid("password_hash", TOO_DEAR.formatted(said));
        }
        return cost;
    }

    /** Bytes in Base64 with or without padding, also in the alphabet of passlib. */
    static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text.replace('.', '+').replaceAll("=+$", ""));
    }
}
