package dev.roster.platform.outbox;

/** A failure that another attempt would only meet again. */
public final class Undeliverable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Undeliverable(Throwable cause) {
        super("no attempt will deliver it", cause);
    }
}
