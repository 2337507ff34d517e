package dev.roster.cli;

/** What a person at the terminal is told, in one sentence. */
final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailed(String message) {
        super(message, null, false, false);
    }
}
