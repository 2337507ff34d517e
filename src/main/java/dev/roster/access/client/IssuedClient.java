package dev.roster.access.client;

/**
 * The credentials of a new client, the only time that its secret is known.
 *
 * @param client the row that is kept
 */
public record IssuedClient(Client client, String secret) {

    @Override
    public String toString() {
        return "IssuedClient[" + client.clientId + "]"; // a secret must not end in a log
    }
}
