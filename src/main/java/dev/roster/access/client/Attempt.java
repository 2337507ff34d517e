package dev.roster.access.client;

import dev.roster.access.password.Subject;
import dev.roster.platform.http.Network;

/** Whose failures an attempt to authenticate counts to. */
record Attempt(Subject address, Subject client, Subject pair) {

    /**
     * An attempt.
     *
     * @param clientId as it was sent
     * @param address in digits; null where it is not known
     */
    static Attempt of(String clientId, String address) {
        String network = Network.of(address).prefix();
        return new Attempt(Subject.of(network), Subject.of(clientId), Subject.of(network, clientId));
    }
}
