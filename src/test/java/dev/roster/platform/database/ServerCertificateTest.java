package dev.roster.platform.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.testing.Beside;
import dev.roster.testing.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One URL for two drivers: the migrations' and the reactive one must both take or refuse it. */
@Beside
class ServerCertificateTest {
    private static final String ENCRYPTED = "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static TestCertificate certificate;
    private static TestCertificate other;
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        certificate = TestCertificate.in(folder);
        other = TestCertificate.in(Files.createDirectory(folder.resolve("other")));
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(90))
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.certificate().toString())
                .setServerConfig("ssl_key_file", certificate.key().toString())
                .setLocaleConfig("locale", "C")
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
        server.close();
    }

    @Test
    void whenRequiredThenEncryptedWhoeverSignedTheCertificate() throws Exception {
        accepted("localhost", "sslmode=require");
    }

    @Test
    void whenVerifiedThenOnlyWithTheAuthority() throws Exception {
        accepted("localhost", "sslmode=verify-ca&sslrootcert=" + certificate.certificate());
        accepted("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + certificate.certificate());
        refused("localhost", "sslmode=verify-ca&sslrootcert=" + other.certificate());
    }

    @Test
    void whenFullyVerifiedThenOnlyUnderItsName() throws Exception {
        accepted("localhost", "sslmode=verify-full&sslrootcert=" + certificate.certificate());
        refused("127.0.0.1", "sslmode=verify-full&sslrootcert=" + certificate.certificate());
        refused("localhost", "sslmode=verify-full&sslrootcert=" + other.certificate());
    }

    @Test
    void whenDisabledThenNotEncrypted() throws Exception {
        assertEquals("false", reactive(url("localhost", "sslmode=disable")));
    }

    private static void accepted(String host, String mode) throws Exception {
        assertEquals("true", blocking(url(host, mode)));
        assertEquals("true", reactive(url(host, mode)));
    }

    private static void refused(String host, String mode) {
        assertThrows(SQLException.class, () -> blocking(url(host, mode)));
        assertThrows(ExecutionException.class, () -> reactive(url(host, mode)));
    }

    private static String url(String host, String mode) {
        return "postgresql://" + host + ":" + server.getPort() + "/postgres?" + mode;
    }

    private static String blocking(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url, "postgres", "");
                ResultSet rows = connection.createStatement().executeQuery(ENCRYPTED)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String reactive(String url) throws Exception {
        PgConnectOptions options = PgConnectOptions.fromUri(url).setUser("postgres");
        ServerCertificate.check(options, url);
        return PgConnection.connect(vertx, options)
                .compose(connection -> connection
                        .query(ENCRYPTED)
                        .execute()
                        .map(rows -> rows.iterator().next().getString(0))
                        .eventually(() -> connection.close()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
    }
}
