package dev.roster.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/** Runs PostgreSQL beside the service, for a start with one command on one machine. */
public final class EmbeddedPostgresLauncher implements DatabaseLauncher {
    private static final Logger LOG = Logger.getLogger(EmbeddedPostgresLauncher.class);

    /** The name of the database and of the role that owns it. */
    private static final String NAME = "roster";

    @Override
    public RunningDatabase launch(Path dataDirectory) {
        DataFolder folder = DataFolder.take(dataDirectory);
        try {
            return start(folder);
        } catch (StartRefused refused) {
            stopWhatStarted(folder);
            folder.close();
            throw refused;
        } catch (IOException | SQLException | RuntimeException failure) {
            stopWhatStarted(folder);
            folder.close();
            throw new StartRefused(
                    "the embedded PostgreSQL does not start: " + failure.getMessage() + "; see " + folder.log(),
                    failure);
        }
    }

    private static RunningDatabase start(DataFolder folder) throws IOException, SQLException {
        Files.deleteIfExists(folder.log());
        PostgresServer.removeTornPrograms(folder.programs());
        Postmaster.stopOrphan(folder.database());
        if (!Files.exists(folder.database())) {
            prepare(folder);
        } else if (!Files.exists(folder.passwordFile())) {
            throw new StartRefused("the password of the database is gone: restore " + folder.passwordFile());
        }
        PostgresServer server = PostgresServer.start(folder, folder.database());
        LOG.infof("Embedded PostgreSQL on port %d, files in %s", server.port(), folder.database());
        String url = "postgresql://127.0.0.1:" + server.port() + "/" + NAME;
        return new Running(new DatabaseAddress(url, NAME, folder.password()), server, folder);
    }

    /**
     * Makes the database aside and renames it, so that a start broken off leaves no half of one.
     */
    private static void prepare(DataFolder folder) throws IOException, SQLException {
        Postmaster.stopOrphan(folder.unfinished());
        Folders.delete(folder.unfinished());
        folder.makePassword();
        try (PostgresServer server = PostgresServer.start(folder, folder.unfinished());
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + folder.password() + "'");
            statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
        }
        Files.move(folder.unfinished(), folder.database(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void stopWhatStarted(DataFolder folder) {
        try {
            Postmaster.stopOrphan(folder.database());
            Postmaster.stopOrphan(folder.unfinished());
        } catch (IOException | StartRefused unstoppable) {
            LOG.warn("PostgreSQL may still be running", unstoppable);
        }
    }

    private record Running(DatabaseAddress address, PostgresServer server, DataFolder folder)
            implements RunningDatabase {
        @Override
        public void close() {
            server.close();
            folder.close();
        }
    }
}
