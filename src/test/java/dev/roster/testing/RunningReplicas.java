package dev.roster.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database that is migrated, and one replica or two over it, as long as the tests of a class run. */
public final class RunningReplicas implements BeforeAllCallback, AfterAllCallback {
    private final boolean areTwo;
    private final String[] settings;

    private Path folder;
    private KillableDatabase database;
    private Replica one;
    private Replica other;

    private RunningReplicas(boolean areTwo, String... settings) {
        this.areTwo = areTwo;
        this.settings = settings;
    }

    /** One with these settings. */
    public static RunningReplicas ofOne(String... settings) {
        return new RunningReplicas(false, settings);
    }

    /** Two of them. */
    public static RunningReplicas ofTwo() {
        return new RunningReplicas(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("roster-replicas");
        database = KillableDatabase.migrated(folder.resolve("database"));
        one = Replica.start(database.url(), folder, settings);
        other = areTwo ? Replica.start(database.url(), folder, settings) : null;
    }

    /** Is called as well where the start has failed. */
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        try (KillableDatabase last = database;
                Replica second = other;
                Replica first = one) {
            // each of them, whatever becomes of those before
        }
        Folders.discard(folder);
    }

    public Replica one() {
        return one;
    }

    public Replica other() {
        return other;
    }

    public KillableDatabase database() {
        return database;
    }

    /** Where all of them keep what they write. */
    public Path folder() {
        return folder;
    }
}
