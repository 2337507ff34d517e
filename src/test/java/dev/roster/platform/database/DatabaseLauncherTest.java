package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Whether a build has a database of its own. */
class DatabaseLauncherTest {

    @Test
    void whenBuildHasNoneThenTheVariableIsAskedFor() {
        ClassLoader withoutProvider = ClassLoader.getPlatformClassLoader();
        StartRefused refused = assertThrows(StartRefused.class, () -> DatabaseStart.launcher(withoutProvider));
        assertTrue(refused.getMessage().startsWith("ROSTER_DB_URL must be set"));
    }

    @Test
    void whenBuildIsForTheJvmThenEmbedded() {
        ClassLoader classes = DatabaseLauncher.class.getClassLoader();
        assertInstanceOf(EmbeddedPostgresLauncher.class, DatabaseStart.launcher(classes));
    }
}
