package dev.roster.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import dev.roster.testing.ReplicatedDatabase;
import dev.roster.testing.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as operators run it: the packaged program, with the variables of a service. */
@Beside
class DoctorIT {
    private static final String NOWHERE = "postgresql://127.0.0.1:1/none";

    @TempDir
    static Path folder;

    @Test
    void whenAllIsWellThenZeroAndNothingIsWritten() throws Exception {
        Path keys = keys();
        try (KillableDatabase database = new KillableDatabase(folder.resolve("database"))) {
            Map<String, String> service = new HashMap<>(service(database.url(), keys));
            // As in the manifests, so that all of them fit into the database as it comes
            service.put("ROSTER_DB_POOL_SIZE", "17");
            Examined before = examine(service, "--format=json");
            assertEquals("warning", before.level("database.migrations"), before.output());
            assertEquals(null, database.value("SELECT to_regclass('users')"), "it changes nothing");
            try (Replica migrating = Replica.launch(database.url(), folder, "roster.migrate=only")) {
                assertEquals(0, migrating.await(), migrating.log());
            }
            Examined after = examine(service, "--format=json", "--replicas=3");
            assertEquals(0, after.exit(), after.output());
            assertTrue(after.json().path("ok").asBoolean());
            Stream.of("variables", "settings", "mail", "database.servers", "database.version")
                    .forEach(check -> assertEquals("ok", after.level(check), after.output()));
            Stream.of("database.clock", "database.migrations", "database.extensions", "database.connections")
                    .forEach(check -> assertEquals("ok", after.level(check), after.output()));
            assertTrue(
                    after.message("database.connections").startsWith("5 replicas in a rollout × (17 + 1)"),
                    after.output());
            assertEquals("warning", after.level("database.encoding"), after.output());
            assertTrue(after.message("database.encoding").startsWith("LC_CTYPE is C, "), after.output());
            assertTrue(after.message("database.migrations").matches("the schema is at V\\d+"), after.output());
            List<String> full = List.of("sh", "-c", "exec \"$0\" \"$@\" > /dev/full");
            assertEquals(1, examine(full, service, "--format=json").exit(), "what it has found cannot be written");
        }
    }

    @Test
    void whenListsComeFromStandbysThenEachIsSignedInToAndMeasured() throws Exception {
        Path keys = keys();
        try (ReplicatedDatabase database =
                new ReplicatedDatabase(Files.createDirectory(folder.resolve("replicated")))) {
            Map<String, String> service =
                    new HashMap<>(service(database.primary().url(), keys));
            service.put("ROSTER_DB_READ_URL", database.standbyUrl());
            Examined well = examine(service, "--format=json");
            assertEquals("ok", well.level("database.standbys"), well.output());
            assertTrue(well.message("database.standbys").endsWith("is a standby and has everything that is committed"));

            database.waitForStandby(false);
            database.standbyValue("SELECT pg_wal_replay_pause()");
            database.primary().execute("CREATE TABLE written AS SELECT generate_series(1, 1000)");
            Examined behind = examine(service, "--format=json");
            assertEquals("warning", behind.level("database.standbys"), behind.output());
            assertTrue(behind.message("database.standbys").matches(".* is \\d+ KiB behind after 2 seconds: .*"));
            database.standbyValue("SELECT pg_wal_replay_resume()");

            service.put("ROSTER_DB_READ_URL", database.primary().url());
            assertEquals(
                    "localhost:" + database.primary().port() + " is no standby: lists are not read from it",
                    examine(service, "--format=json").message("database.standbys"));

            service.put("ROSTER_DB_READ_URL", NOWHERE);
            Examined away = examine(service, "--format=json");
            assertEquals(1, away.exit(), away.output());
            assertTrue(away.message("database.standbys")
                    .endsWith("look at host and port of ROSTER_DB_READ_URL, and what is between"));
            assertFalse(away.json().path("ok").asBoolean());

            try (KillableDatabase other = new KillableDatabase(folder.resolve("other"))) {
                service.put("ROSTER_DB_READ_URL", other.url());
                Examined foreign = examine(service, "--format=json");
                assertEquals("error", foreign.level("database.standbys"), foreign.output());
                assertTrue(foreign.message("database.standbys").contains("has the data of another cluster"));
            }
        }
    }

    @Test
    void whenNothingIsRightThenEverythingIsSaid() throws Exception {
        Map<String, String> wrong = Map.of(
                "ROSTER_DB_URL", NOWHERE,
                "ROSTER_DB_USERNAME", "roster",
                "ROSTER_DB_PASSWORD", "not-to-be-seen",
                "ROSTER_ISSUER", "ftp://nowhere",
                "ROSTER_SIGNING_KEYS", folder.resolve("missing.json").toString(),
                "ROSTER_MAIL_HOST", "127.0.0.1",
                "ROSTER_MAIL_PORT", "1",
                "ROSTER_AUDIENSE", "typo");
        Examined found = examine(wrong);
        assertEquals(1, found.exit(), found.output());
        List.of(
                        "warning  variables              ROSTER_AUDIENSE is no variable of Roster: did you mean"
                                + " ROSTER_AUDIENCE?",
                        "error    database.servers       127.0.0.1:1 is not reached: ",
                        "error    mail                   127.0.0.1:1 is not reached: ",
                        "error    settings               ROSTER_")
                .forEach(line -> assertTrue(found.output().contains(line), line + "\n" + found.output()));
        assertFalse(found.output().contains("not-to-be-seen"), found.output());
        assertFalse(found.output().contains("\tat "), found.output());
        assertTrue(found.output().strip().matches("(?s).*\n\\d errors, \\d warnings"), found.output());
    }

    @Test
    void whenASettingIsWrongThenSaidAsAStartSaysIt() throws Exception {
        Map<String, String> service = service(NOWHERE, keys());
        assertSetting(service, "ROSTER_TOKEN_LIFETIME", "1S", "ROSTER_TOKEN_LIFETIME must be 1 minute to 24 hours");
        assertSetting(service, "ROSTER_MIGRATE", "never", "ROSTER_MIGRATE must be start, only or off");
        assertSetting(service, "ROSTER_DB_URL", "mysql://a/b", "ROSTER_DB_URL must start with postgresql://");
        assertSetting(service, "ROSTER_ADMIN_CLIENT_SECRET", "short", "ROSTER_ADMIN_CLIENT_SECRET");
        assertSetting(service, "ROSTER_TOKEN_LIFETIME", "soon", "ROSTER_TOKEN_LIFETIME must be a time such as 30S");
    }

    @Test
    void whenSeveralSettingsAreWrongThenEachIsSaid() throws Exception {
        Map<String, String> service = new HashMap<>(service(NOWHERE, keys()));
        service.put("ROSTER_DB_POOL_SIZE", "many");
        service.put("ROSTER_DB_READ_PATIENCE", "1H");
        service.put("ROSTER_SESSION_PER_PERSON", "0");
        service.put("ROSTER_SESSION_IDLE_EXPIRY", "30M");
        service.put("ROSTER_OUTBOX_POLL", "0S");
        service.put("ROSTER_HTTP_MAX_URI", "-1");
        service.put("ROSTER_PASSWORD_HASH_MEMORY", "1");
        service.put("ROSTER_MAIL_PORT", "smtp");
        service.put("ROSTER_ADMIN_CLIENT_SECRET", "hidden");
        service.put("ROSTER_SHUTDOWN_DELAY", "later");
        service.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");
        trustAnIssuer(service, "owner");
        Examined found = examine(service, "--format=json");
        assertEquals(1, found.exit(), found.output());
        assertEquals(
                List.of(
                        "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING must not be set: it believes what callers invent. Name"
                                + " the proxies in ROSTER_TRUSTED_PROXIES instead",
                        "ROSTER_ADMIN_CLIENT_SECRET must be 16 to 255 ASCII characters",
                        "ROSTER_DB_POOL_SIZE must be a whole number",
                        "ROSTER_DB_READ_PATIENCE must be 0 seconds to 10 seconds",
                        "ROSTER_HTTP_MAX_URI must be 1 to 131072",
                        "ROSTER_MAIL_PORT must be a whole number",
                        "ROSTER_OUTBOX_POLL must be 100 milliseconds to 3600 seconds",
                        "ROSTER_PASSWORD_HASH_MEMORY must be 7 to 64 MiB",
                        "ROSTER_SESSION_IDLE_EXPIRY must not be shorter than ROSTER_TOKEN_LIFETIME",
                        "ROSTER_SESSION_PER_PERSON must be 1 or more",
                        "ROSTER_SHUTDOWN_DELAY must be a time such as 30S, 5M, 1H or 7D",
                        "ROSTER_TRUSTED_ISSUERS__IDP__ROLE must be admin, member or viewer"),
                found.errors("settings"),
                found.output());
        assertFalse(found.output().contains("hidden"), found.output());
    }

    private static void trustAnIssuer(Map<String, String> service, String role) {
        service.put("ROSTER_TRUSTED_ISSUERS__IDP__ISSUER", "https://id.example");
        service.put("ROSTER_TRUSTED_ISSUERS__IDP__ORGANIZATION", "default");
        service.put("ROSTER_TRUSTED_ISSUERS__IDP__AUDIENCE", "roster");
        service.put("ROSTER_TRUSTED_ISSUERS__IDP__ROLE", role);
        service.put("ROSTER_TRUSTED_ISSUERS__IDP__JWKS_FILE", "keys.json");
    }

    /** As a start says it, also where it is Quarkus alone that reads it. */
    @Test
    void whenValuesAreNoneThenEachIsSaidAsAStartSaysIt() throws Exception {
        Map<String, String> service = new HashMap<>(service(NOWHERE, keys()));
        service.put("ROSTER_HTTP_MAX_BODY", "99999999T");
        service.put("ROSTER_LOG_JSON", "maybe");
        service.put("ROSTER_MAIL_TLS", "ture");
        service.put("ROSTER_AUDIT_KEEP", "99999999999999D");
        trustAnIssuer(service, "member");
        service.put("ROSTER_TRUSTED_ISSUERS__IDP__CREATE_ACCOUNTS", "maybe");
        service.put("ROSTER_MAIL_HOST", "127.0.0.1");
        service.put("ROSTER_MAIL_FROM", "roster@example.org");
        service.put("ROSTER_MAIL_PASSWORD", "hidden\n");
        Examined found = examine(service, "--format=json");
        assertEquals(1, found.exit(), found.output());
        assertEquals(
                List.of(
                        "ROSTER_AUDIT_KEEP must be 36500D at most",
                        "ROSTER_HTTP_MAX_BODY must be less than 8E",
                        "ROSTER_LOG_JSON must be true or false",
                        "ROSTER_MAIL_TLS must be true or false",
                        "ROSTER_MAIL_USERNAME and ROSTER_MAIL_PASSWORD must be set, or neither",
                        "ROSTER_TRUSTED_ISSUERS__IDP__CREATE_ACCOUNTS must be true or false"),
                found.errors("settings"),
                found.output());
        assertEquals(
                List.of(
                        "ROSTER_MAIL_PASSWORD must not have a line break or another control character, also at its end"),
                found.errors("variables"),
                found.output());
        assertFalse(found.output().contains("hidden"), found.output());

        Map<String, String> quarkus = new HashMap<>(service(NOWHERE, keys()));
        quarkus.put("QUARKUS_DATASOURCE_REACTIVE_URL", "nonsense");
        assertEquals(
                List.of("QUARKUS_DATASOURCE_REACTIVE_URL must not be set: Roster reads ROSTER_DB_URL instead"),
                examine(quarkus, "--format=json").errors("settings"));
    }

    @Test
    void whenTheDatabaseIsTheEmbeddedOneThenItsFolderIsLookedAtAndLeftAlone() throws Exception {
        Path data = folder.resolve("not-there-yet");
        Examined found = examine(Map.of("ROSTER_DATA_DIR", data.toString()), "--format=json");
        assertEquals(0, found.exit(), found.output());
        assertEquals("ok", found.level("database.disk"), found.output());
        assertEquals("ok", found.level("settings"), found.output());
        assertFalse(Files.exists(data));

        Path keys = Files.createDirectory(data).resolve("signing-keys.json");
        Files.writeString(keys, "{}");
        assertEquals(
                List.of("ROSTER_SIGNING_KEYS: the file " + keys + " is not a JWK set of EC, RSA or OKP keys in JSON"),
                examine(Map.of("ROSTER_DATA_DIR", data.toString()), "--format=json")
                        .errors("settings"));
        try (Stream<Path> left = Files.list(data)) {
            assertEquals(List.of(keys), left.toList());
        }
    }

    /** As in its container: no folder can be written there, nor is there one for scratch files. */
    @Test
    void whenNoFolderCanBeWrittenThenAllIsLookedAtAllTheSame() throws Exception {
        List<String> command = new ArrayList<>(Replica.executable());
        command.add(command.size() > 1 ? command.size() - 2 : 1, "-Djava.io.tmpdir=" + folder.resolve("none"));
        String well = "ok       settings               the start takes all of them";
        for (Map<String, String> service : List.of(
                service(NOWHERE, keys()),
                Map.of("ROSTER_DATA_DIR", folder.resolve("unmade").toString()))) {
            Examined found = examine(service, command);
            assertTrue(found.output().contains(well), found.output());
        }
    }

    @Test
    void whenAnOptionIsUnknownThenTheUsage() throws Exception {
        Examined found = examine(Map.of(), "--format=xml");
        assertEquals(2, found.exit());
        assertEquals("usage: roster doctor [--format=text|json] [--replicas=NUMBER]\n", found.output());
    }

    private static void assertSetting(Map<String, String> service, String variable, String value, String message)
            throws Exception {
        Map<String, String> changed = new HashMap<>(service);
        changed.put(variable, value);
        Examined found = examine(changed, "--format=json");
        assertEquals(1, found.exit(), found.output());
        assertEquals("error", found.level("settings"), found.output());
        assertTrue(found.output().contains(message), found.output());
    }

    private static Map<String, String> service(String database, Path keys) {
        return Map.of(
                "ROSTER_DB_URL", database,
                "ROSTER_DB_USERNAME", "postgres",
                "ROSTER_DB_PASSWORD", "postgres",
                "ROSTER_ISSUER", "http://127.0.0.1:1",
                "ROSTER_SIGNING_KEYS", keys.toString());
    }

    private static Path keys() throws Exception {
        Path keys = folder.resolve("keys.json");
        if (!Files.exists(keys)) {
            Files.writeString(
                    keys, new JsonWebKeySet(TestKeys.newKey("first")).toJson(OutputControlLevel.INCLUDE_PRIVATE));
        }
        return keys;
    }

    private record Examined(int exit, String output) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(output);
        }

        String level(String check) {
            return finding(check).path("level").asText();
        }

        String message(String check) {
            return finding(check).path("message").asText();
        }

        /** What is said to be wrong, in the order of the alphabet. */
        List<String> errors(String check) throws IOException {
            List<String> messages = new ArrayList<>();
            for (JsonNode finding : json().path("findings")) {
                if (finding.path("check").asText().equals(check)
                        && finding.path("level").asText().equals("error")) {
                    messages.add(finding.path("message").asText());
                }
            }
            return messages.stream().sorted().toList();
        }

        private JsonNode finding(String check) {
            try {
                for (JsonNode finding : json().path("findings")) {
                    if (finding.path("check").asText().equals(check)) {
                        return finding;
                    }
                }
                throw new AssertionError(check + " is missing: " + output);
            } catch (IOException noJson) {
                throw new AssertionError(output, noJson);
            }
        }
    }

    private static Examined examine(Map<String, String> environment, String... options) throws Exception {
        return examine(List.of(), environment, options);
    }

    private static Examined examine(List<String> before, Map<String, String> environment, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(Replica.executable());
        return examine(environment, command, options);
    }

    private static Examined examine(Map<String, String> environment, List<String> program, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(program);
        // As a container has it, in front of the word; on a JVM it means nothing there
        command.add("-Xmx64m");
        command.add("doctor");
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ROSTER_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Examined(process.waitFor(), output);
    }
}
