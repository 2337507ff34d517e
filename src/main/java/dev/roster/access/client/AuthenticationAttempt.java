package dev.roster.access.client;

import dev.roster.access.password.FailureSubject;
import dev.roster.platform.http.Network;

/** Whose failures an attempt to authenticate counts to. */
record AuthenticationAttempt(FailureSubject address, FailureSubject client, FailureSubject pair) {

    /**
     * An attempt.
     *
     * @param clientId as it was sent
     * @param address in digits; null where it is not known
     */
    static AuthenticationAttempt of(String clientId, String address) {
        String network = Network.of(address).prefix();
        return new AuthenticationAttempt(
                FailureSubject.of(network), FailureSubject.of(clientId), FailureSubject.of(network, clientId));
    }
}
