package dev.roster.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** A PostgreSQL server and a standby that has every change of it before it is acknowledged. */
public final class ReplicatedDatabase implements AutoCloseable {
    private final Path primaryFolder;
    private final KillableDatabase primary;
    private final EmbeddedPostgres standby;

    /** Starts both over new folders. */
    public ReplicatedDatabase(Path folder) throws Exception {
        this(folder, new KillableDatabase(first(folder)));
    }

    /** Starts both over new folders, whose database is migrated and has no rows. */
    public static ReplicatedDatabase migrated(Path folder) throws Exception {
        return new ReplicatedDatabase(folder, KillableDatabase.migrated(first(folder)));
    }

    private static Path first(Path folder) {
        return folder.resolve("primary");
    }

    private ReplicatedDatabase(Path folder, KillableDatabase first) throws Exception {
        primary = first;
        primaryFolder = first(folder);
        Path second = folder.resolve("standby");
        primary.kill(); // what it leaves is what a base backup is
        Folders.copy(primaryFolder, second);
        Files.delete(second.resolve("postmaster.pid"));
        Files.createFile(second.resolve("standby.signal"));
        Files.writeString(
                second.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost user=postgres port=" + primary.port() + "'\n");
        primary.restart();
        standby = EmbeddedPostgres.builder()
                .setDataDirectory(second)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(90))
                .setServerConfig("synchronous_commit", "on")
                .setLocaleConfig("locale", "C")
                .start();
        waitForStandby(true);
        Eventually.holds(() -> primary.value("SELECT sync_state FROM pg_stat_replication") != null);
    }

    /** Where the service finds both. */
    public String url() {
        return "postgresql://localhost:" + primary.port() + ",localhost:" + standby.getPort() + "/postgres";
    }

    /** Where the service finds the standby alone. */
    public String standbyUrl() {
        return "postgresql://localhost:" + standby.getPort() + "/postgres";
    }

    /** Ends the standby; the primary goes on without it. */
    public void closeStandby() throws IOException, SQLException {
        waitForStandby(false);
        standby.close();
    }

    /** Whether commits wait until the standby has replayed them, as they do at the beginning. */
    public void waitForStandby(boolean waits) throws SQLException {
        primary.execute("ALTER SYSTEM SET synchronous_standby_names = '" + (waits ? "*" : "") + "'");
        primary.execute("SELECT pg_reload_conf()");
    }

    /** The server that takes writes first. */
    public KillableDatabase primary() {
        return primary;
    }

    /** Lets it take no more writes, as a cluster manager does before it promotes another one. */
    public void demotePrimary() throws SQLException {
        primary.execute("ALTER SYSTEM SET default_transaction_read_only = on");
        primary.execute("SELECT pg_reload_conf()");
    }

    /** Lets the standby take writes; returns when it does. */
    public void promoteStandby() {
        standbyValue("SELECT pg_promote()");
    }

    /** Kills the primary and starts it again as a standby of nobody: it stays where it was, on the timeline that it had. */
    public void leavePrimaryBehind() throws Exception {
        primary.kill();
        Files.createFile(primaryFolder.resolve("standby.signal"));
        primary.restart();
    }

    /** The port of the standby. */
    public int standbyPort() {
        return standby.getPort();
    }

    /** The first column of the first row of the standby. */
    public Object standbyValue(String sql) {
        return KillableDatabase.value(standby, sql);
    }

    @Override
    public void close() throws IOException {
        standby.close();
        primary.close();
    }
}
