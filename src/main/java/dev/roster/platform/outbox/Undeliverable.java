package dev.roster.platform.outbox;

/** A failure that another attempt would only meet again. */
public final class Undeliverable extends RuntimeException {
    public Undeliverable(Throwable cause) {
        super("no attempt will deliver it", cause);
    }
}
