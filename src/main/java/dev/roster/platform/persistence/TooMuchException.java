package dev.roster.platform.persistence;

/** The failure of what is too much for one transaction, and can be done in parts. */
public final class TooMuchException extends RuntimeException {
    public TooMuchException(String what) {
        super("too much at once: " + what, null, false, false);
    }
}
