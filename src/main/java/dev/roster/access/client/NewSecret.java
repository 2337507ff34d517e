package dev.roster.access.client;

/** A client with its secret, or an application's, that was just made: the only time that the secret is known. */
public record NewSecret(SecretView view, String secret) {

    @Override
    public String toString() {
        return "NewSecret[" + view.id() + "]"; // a secret must not end in a log
    }
}
