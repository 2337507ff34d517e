package dev.roster.access.session;

/** Writes what the service has noted, without waiting for the time of it. */
public final class TestSightings {
    private TestSightings() {}

    /** Writes it now. */
    public static void write(LastSeen lastSeen) {
        lastSeen.run().await().indefinitely();
    }
}
