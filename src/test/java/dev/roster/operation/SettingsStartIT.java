package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start of the packaged service says of its settings, and what it refuses. */
@Beside
class SettingsStartIT {
    private static final String LONG = "roster.db.wait=24H";
    private static final String WAITING = "The start waits for the database: ";

    @TempDir
    static Path folder;

    @Test
    void whenTheKeysCannotBeReadThenNoStart() throws Exception {
        Path missing = folder.resolve("missing.json");
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("other"));
                Replica replica = Replica.launch(database.url(), folder, "roster.signing-keys=" + missing)) {
            assertEquals(1, replica.await());
            String reason = "ROSTER_SIGNING_KEYS: the file " + missing + " cannot be read";
            assertTrue(replica.log().contains(reason), replica.log());
            assertFalse(Replica.hasStack(replica.log()), replica.log());
        }
    }

    /** What Quarkus reads alone as well, and what it would read in the place of ours. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    roster.http.max-body=99999999T | ROSTER_HTTP_MAX_BODY must be less than 8E
                    roster.log.json=maybe | ROSTER_LOG_JSON must be true or false
                    roster.mail.tls=ture | ROSTER_MAIL_TLS must be true or false
                    roster.issuer=https://h:99999 | ROSTER_ISSUER must be an http or https URL without credentials, query, fragment or a slash at the end, its port 1 to 65535
                    quarkus.log.file.enabled=ture | QUARKUS_LOG_FILE_ENABLED must be true or false
                    quarkus.http.idle-timeout=99999999999999D | QUARKUS_HTTP_IDLE_TIMEOUT must be 36500D at most
                    quarkus.datasource.reactive.url=nonsense | QUARKUS_DATASOURCE_REACTIVE_URL must not be set: Roster reads ROSTER_DB_URL instead
                    quarkus.datasource.jdbc.url=nonsense | QUARKUS_DATASOURCE_JDBC_URL must not be set: Roster reads ROSTER_DB_URL instead
                    quarkus.datasource.username=other | QUARKUS_DATASOURCE_USERNAME must not be set: Roster reads ROSTER_DB_USERNAME instead
                    quarkus.datasource.password=hidden | QUARKUS_DATASOURCE_PASSWORD must not be set: Roster reads ROSTER_DB_PASSWORD instead
                    quarkus.flyway.username=other | QUARKUS_FLYWAY_USERNAME must not be set: Roster reads ROSTER_DB_USERNAME instead
                    quarkus.mailer.password=hidden | QUARKUS_MAILER_PASSWORD must not be set: Roster reads ROSTER_MAIL_PASSWORD instead
                    %prod.quarkus.mailer.username=other | QUARKUS_MAILER_USERNAME must not be set: Roster reads ROSTER_MAIL_USERNAME instead
                    quarkus.mailer.host=mail.example | QUARKUS_MAILER_HOST must not be set: Roster reads ROSTER_MAIL_HOST instead
                    """)
    void whenAValueIsNoneThenOneLineIsAllThatIsSaid(String setting, String message) throws Exception {
        try (Replica replica = Replica.launch("postgresql://127.0.0.1:1/none", folder, LONG, setting)) {
            assertEquals(1, replica.await(), replica.log());
            assertEquals(message + "\n", replica.log());
        }
    }

    /** What stops a start is said before anything is asked of the database, so also without one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    roster.issuer=ftp://nowhere | ROSTER_ISSUER must be
                    roster.token.lifetime=1S | ROSTER_TOKEN_LIFETIME must be
                    roster.outbox.poll=0S | ROSTER_OUTBOX_POLL must be
                    roster.revocations.lease=1H | ROSTER_REVOCATIONS_LEASE must be
                    roster.signing-keys-lead=1S | ROSTER_SIGNING_KEYS_LEAD must be
                    roster.admin.client-secret=short | ROSTER_ADMIN_CLIENT_SECRET must be
                    roster.session.per-person=0 | ROSTER_SESSION_PER_PERSON must be
                    roster.session.absolute-expiry=90M | ROSTER_SESSION_ABSOLUTE_EXPIRY must be twice ROSTER_TOKEN_LIFETIME or more
                    roster.http.body-timeout=0S | ROSTER_HTTP_BODY_TIMEOUT must be
                    quarkus.http.port=99999 | QUARKUS_HTTP_PORT must be
                    quarkus.log.level=LOUD | QUARKUS_LOG_LEVEL must be OFF, FATAL, ERROR, WARN, INFO, DEBUG, TRACE or ALL
                    roster.mail.host=a b | ROSTER_MAIL_HOST must be
                    quarkus.config.locations=nothing:at-all | QUARKUS_CONFIG_LOCATIONS must be
                    """)
    void whenASettingIsWrongThenSaidBeforeTheDatabaseIsAsked(String setting, String message) throws Exception {
        try (Replica replica = Replica.launch("postgresql://127.0.0.1:1/none", folder, LONG, setting)) {
            assertEquals(1, replica.await(), replica.log());
            assertTrue(replica.log().contains(message), replica.log());
            assertFalse(replica.log().contains(WAITING), replica.log());
            assertFalse(replica.log().contains("Hibernate"), replica.log());
            assertFalse(Replica.hasStack(replica.log()), replica.log());
        }
    }

    @Test
    void whenAVariableIsNotReadThenOneLineSaysSo() throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("unread"));
                Replica replica = Replica.launch(
                        Map.of("ROSTER_DB_URI", "postgresql://nowhere", "ROSTER_LOG_JSON", "false"),
                        database.url(),
                        folder)) {
            replica.awaitReady();
            List<String> told = replica.log()
                    .lines()
                    .filter(line -> line.contains("ROSTER_DB_URI"))
                    .toList();
            assertEquals(1, told.size(), replica.log());
            assertTrue(
                    told.get(0).contains("WARN")
                            && told.get(0)
                                    .endsWith("Not read, as Roster has no such variable: ROSTER_DB_URI"
                                            + " (did you mean ROSTER_DB_URL?)"),
                    told.get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    quarkus.http.host | QUARKUS_HTTP_HOST has no address: nowhere.invalid
                    quarkus.management.host | QUARKUS_MANAGEMENT_HOST, QUARKUS_MANAGEMENT_PORT: Unable to start the management interface on nowhere.invalid
                    """)
    void whenAHostIsNotKnownThenSaid(String setting, String message) throws Exception {
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve(setting));
                Replica replica = Replica.launch(database.url(), folder, setting + "=nowhere.invalid")) {
            assertEquals(1, replica.await(), replica.log());
            assertTrue(replica.log().contains("Roster does not start: " + message), replica.log());
            assertFalse(Replica.hasStack(replica.log()), replica.log());
        }
    }

    @Test
    void whenSeveralSettingsAreWrongThenAllAreSaidAndNothingElseIsDone() throws Exception {
        try (Replica replica = Replica.launch(
                "postgresql://127.0.0.1:1/none",
                folder,
                LONG,
                "roster.db.pool.size=many",
                "roster.db.read.url=mysql://nowhere",
                "roster.session.per-person=0",
                "roster.outbox.poll=0S",
                "roster.http.body-timeout=soon",
                "roster.password-hash.memory=1",
                "roster.signing-keys-kept=1D",
                "roster.admin.client-secret=short")) {
            assertEquals(1, replica.await(), replica.log());
            assertEquals(
                    List.of(),
                    replica.log()
                            .lines()
                            .filter(line -> !line.startsWith("ROSTER_"))
                            .toList());
            assertEquals(
                    List.of(
                            "ROSTER_ADMIN_CLIENT_SECRET must be 16 to 255 ASCII characters",
                            "ROSTER_DB_POOL_SIZE must be a whole number",
                            "ROSTER_DB_READ_URL must start with postgresql:// (postgresql://host:port/database)",
                            "ROSTER_HTTP_BODY_TIMEOUT must be a time such as 30S, 5M, 1H or 7D",
                            "ROSTER_OUTBOX_POLL must be 100 milliseconds to 3600 seconds",
                            "ROSTER_PASSWORD_HASH_MEMORY must be 7 to 64 MiB",
                            "ROSTER_SESSION_PER_PERSON must be 1 or more",
                            "ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_API_KEY_MAX_LIFETIME",
                            "ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_INVITE_LIFETIME: the links"
                                    + " signed before a rotation would end with their key"),
                    replica.log()
                            .lines()
                            .filter(line -> line.startsWith("ROSTER_"))
                            .sorted()
                            .toList());
            assertFalse(replica.log().contains(WAITING), replica.log());
            assertFalse(Replica.hasStack(replica.log()), replica.log());
        }
    }

    @Test
    void whenThePortIsTakenThenSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KillableDatabase database = KillableDatabase.migrated(folder.resolve("third"));
                Replica replica = Replica.launch(database.url(), folder, "quarkus.http.port=" + taken.getLocalPort())) {
            assertEquals(1, replica.await(), replica.log());
            String reason = "Roster does not start: QUARKUS_HTTP_HOST, QUARKUS_HTTP_PORT: port " + taken.getLocalPort()
                    + " of 127.0.0.1 is in use";
            assertTrue(replica.log().contains(reason), replica.log());
            assertFalse(Replica.hasStack(replica.log()), replica.log());
        }
    }

    @Test
    void whenTheManagementPortIsTakenThenSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KillableDatabase database = KillableDatabase.migrated(folder.resolve("fourth"));
                Replica replica =
                        Replica.launch(database.url(), folder, "quarkus.management.port=" + taken.getLocalPort())) {
            assertEquals(1, replica.await(), replica.log());
            String reason = "Roster does not start: QUARKUS_MANAGEMENT_HOST, QUARKUS_MANAGEMENT_PORT:"
                    + " Unable to start the management interface on 127.0.0.1:"
                    + taken.getLocalPort() + ": ";
            assertTrue(replica.log().contains(reason), replica.log());
            assertFalse(Replica.hasStack(replica.log()), replica.log());
        }
    }

    /** In a property of the process too, and beside others that cannot arrive. */
    @Test
    void whenAVariableHasALineBreakThenEachIsRefusedByName() throws Exception {
        Map<String, String> environment =
                Map.of("ROSTER_ADMIN_CLIENT_SECRET", "hidden-hidden-hidden\n", "ROSTER_MAIL_PASSWORD", "hid\\$den");
        try (Replica replica = Replica.launch(
                environment, "postgresql://127.0.0.1:1/none", folder, LONG, "roster.audience=ros\tter")) {
            assertEquals(2, replica.await(), replica.log());
            assertEquals("""
                    Roster does not start: ROSTER_ADMIN_CLIENT_SECRET must not have a line break or another control character, also at its end
                    Roster does not start: ROSTER_AUDIENCE must not have a line break or another control character, also at its end
                    Roster does not start: ROSTER_MAIL_PASSWORD must not have a backslash before a dollar sign
                    """, replica.log());
        }
    }

    @Test
    void whenTheLocaleDoesNotKnowACharacterThenRefusedByName() throws Exception {
        Assumptions.assumeTrue(Replica.executable().size() > 1, "a native executable has the locale of its build");
        Assumptions.assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode('\u00e4'),
                "a test in such a locale hands on a question mark itself; see ExactVariablesTest");
        Map<String, String> environment = Map.of("ROSTER_MAIL_PASSWORD", "p\u00e4ssword", "LC_ALL", "C");
        try (Replica replica = Replica.launch(environment, "postgresql://127.0.0.1:1/none", folder, LONG)) {
            assertEquals(2, replica.await(), replica.log());
            assertEquals("""
                    Roster does not start: ROSTER_MAIL_PASSWORD must not have characters that the locale of this process, or of the build of a native executable, does not know: LC_ALL=C.UTF-8 knows all
                    """, replica.log());
        }
    }

    @Test
    void whenAVariableCannotArriveAsItIsSetThenRefusedByName() throws Exception {
        Map<String, String> environment = Map.of("ROSTER_MAIL_PASSWORD", "pass\\$word");
        try (Replica replica = Replica.launch(environment, "postgresql://127.0.0.1:1/none", folder, LONG)) {
            assertEquals(2, replica.await(), replica.log());
            assertEquals(
                    "Roster does not start: ROSTER_MAIL_PASSWORD must not have a backslash before a dollar sign\n",
                    replica.log());
        }
    }
}
