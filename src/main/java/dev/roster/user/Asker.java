package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.platform.http.Network;

/**
 * Who wants a password hashed: what its work is shared out by.
 *
 * @param source whose turn it takes: the network of a stranger, the account of a caller
 * @param account whose password it is about, as far as that is known
 */
public record Asker(Kind kind, String source, String account) {

    /** How many places all askers of a kind have together, running and waiting. */
    enum Kind {
        // About two seconds of work for the threads: who comes later is better served by a 503.
        STRANGER(64),
        // Places that no stranger takes
        CALLER(16);

        private final int places;

        Kind(int places) {
            this.places = places;
        }

        int places() {
            return places;
        }
    }

    /**
     * Somebody who has proved nothing yet.
     *
     * @param address null where it is not known
     * @param account any text that stands for the account
     */
    public static Asker stranger(String address, String account) {
        return new Asker(Kind.STRANGER, "network " + Network.of(address).prefix(), account);
    }

    /** Somebody with a token. */
    public static Asker caller(Caller caller) {
        String account = "caller " + caller.userId();
        return new Asker(Kind.CALLER, account, account);
    }
}
