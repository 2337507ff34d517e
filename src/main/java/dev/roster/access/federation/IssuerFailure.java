package dev.roster.access.federation;

/** Another issuer answered in a way that is of no use; the message is for the log alone, and has nothing of it in it. */
final class IssuerFailure extends RuntimeException {
    IssuerFailure(String message) {
        super(message, null, false, false);
    }
}
