package dev.roster.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of PostgreSQL over a folder of files, reachable from this machine and by password only.
 */
final class PostgresServer implements AutoCloseable {

    /** Recovery after a power cut replays up to 1 GB of log; a laptop's disk needs a part of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration LOOK = Duration.ofMillis(100);

    // The programs are shipped in English only
    private static final Pattern FATAL = Pattern.compile("^.*\\b(FATAL|PANIC):\\s++(?!the database system is )");

    private final EmbeddedPostgres postgres;
    private final Optional<ProcessHandle> process;

    private PostgresServer(EmbeddedPostgres postgres, Optional<ProcessHandle> process) {
        this.postgres = postgres;
        this.process = process;
    }

    /** Starts a server over the files, which are made first if there are none. */
    static PostgresServer start(DataFolder folder, Path database) throws IOException {
        EmbeddedPostgres.Builder postgres = EmbeddedPostgres.builder()
                .setDataDirectory(database)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.programs().toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setOutputRedirector(Redirect.appendTo(folder.log().toFile()))
                .setErrorRedirector(Redirect.appendTo(folder.log().toFile()))
                .setConnectConfig("password", folder.password())
                // these three become options of initdb
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", folder.passwordFile().toString())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                // the library turns both off, as fits its tests
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "50")
                .setServerConfig("shared_buffers", "128MB")
                // failed statements repeat what people typed: keep them out of the file
                .setServerConfig("log_min_messages", "log")
                .setServerConfig("log_min_error_statement", "panic")
                .setServerConfig("log_checkpoints", "off");
        return new PostgresServer(started(postgres, folder, database), Postmaster.of(database));
    }

    // The library asks for connections until its patience ends, also where PostgreSQL has ended at once
    private static EmbeddedPostgres started(EmbeddedPostgres.Builder postgres, DataFolder folder, Path database)
            throws IOException {
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(postgres::start);
        Thread thread = new Thread(start, "embedded database start");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return start.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                refuseEnded(folder, database);
            } catch (ExecutionException failure) {
                throw new IOException(failure.getCause().getMessage(), failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StartRefused("the process was told to end", interrupted);
            }
        }
    }

    private static void refuseEnded(DataFolder folder, Path database) throws IOException {
        // In this order: whoever has written this was there, and has ended only if it is not there afterwards
        Optional<String> reason = reason(folder.log());
        if (reason.isPresent() && Postmaster.of(database).isEmpty()) {
            throw new StartRefused("the embedded PostgreSQL does not start: " + reason.get() + "; see " + folder.log());
        }
    }

    /** Why a server has ended, by its log; not what it answers to whoever asks while it starts or stops. */
    static Optional<String> reason(Path log) throws IOException {
        return Files.exists(log)
                ? Files.readString(log, StandardCharsets.ISO_8859_1)
                        .lines()
                        .map(FATAL::matcher)
                        .filter(Matcher::find)
                        .findFirst()
                        .map(line -> line.replaceFirst(""))
                : Optional.empty();
    }

    int port() {
        return postgres.getPort();
    }

    Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException unlikely) {
            // what matters is whether the process ends
        }
        // the library gives up after five seconds
        process.ifPresent(Postmaster::awaitEnd);
    }

    /** Removes programs that were unpacked in part only: the library would keep the torn files. */
    static void removeTornPrograms(Path programs) throws IOException {
        if (!Files.isDirectory(programs)) {
            return;
        }
        try (var versions = Files.list(programs)) {
            for (Path version : versions.toList()) {
                if (!Files.exists(version.resolve(".exists"))) {
                    Folders.delete(version);
                }
            }
        }
    }
}
