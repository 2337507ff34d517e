package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.platform.http.Network;
import java.util.UUID;

/**
 * Who wants a password hashed: what its work is shared out by.
 *
 * @param source whose turn it takes: the network of a stranger, the account of a caller
 * @param organization of the account; null where there is none
 * @param account whose password it is about, as far as that is known, and from where if it has places of its own there
 * @param person the same from everywhere
 */
public record Asker(Kind kind, String source, UUID organization, String account, String person) {

    /**
     * How many places all askers of a kind have together, running and waiting, for hashes that cost what our own do; and
     * as many again for dearer ones, each of which takes several, of which one organization has half. Of the places of those
     * who are known a quarter is kept from any single organization.
     */
    enum Kind {
        // About two seconds of work for the threads: who comes later is better served by a 503.
        STRANGER(64),
        // Places that no stranger takes
        KNOWN(64),
        CALLER(16);

        private final int places;

        Kind(int places) {
            this.places = places;
        }

        int places() {
            return places;
        }
    }

    Asker(Kind kind, String source, UUID organization, String account) {
        this(kind, source, organization, account, account);
    }

    /**
     * Somebody who has proved nothing yet.
     *
     * @param address null where it is not known
     * @param organization null where there is none
     * @param account any text that stands for the account
     */
    public static Asker stranger(String address, UUID organization, String account) {
        return new Asker(Kind.STRANGER, "network " + Network.of(address).prefix(), organization, account);
    }

    /**
     * Somebody who has proved nothing yet, but comes from where the account signed in lately: what strangers from elsewhere
     * do to the account takes no place of its own.
     */
    public static Asker known(String address, UUID organization, UUID account) {
        String network = "known network " + Network.of(address).prefix();
        return new Asker(Kind.KNOWN, network, organization, account + " from " + network, "known " + account);
    }

    /** Somebody with a token. */
    public static Asker caller(Caller caller) {
        String account = "caller " + caller.userId();
        return new Asker(Kind.CALLER, account, caller.organizationId(), account);
    }
}
