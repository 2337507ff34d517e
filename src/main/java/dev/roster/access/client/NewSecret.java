package dev.roster.access.client;

/** A secret that was just made, the only time that it is known. */
public record NewSecret(SecretView view, String secret) {

    @Override
    public String toString() {
        return "NewSecret[" + view.id() + "]"; // a secret must not end in a log
    }
}
