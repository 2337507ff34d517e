package dev.roster.revocation;

/** What was announced did not arrive on a connection that listens. */
final class AnnouncementLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AnnouncementLostException() {
        super("What is announced does not arrive, as behind a pooler that shares connections");
    }
}
