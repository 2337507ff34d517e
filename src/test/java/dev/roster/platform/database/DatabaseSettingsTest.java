package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {
    private static final Path HOME = Path.of("/home/ann");

    /** What PostgreSQL would hang up at, as if it were not there yet. */
    @Test
    void whenTooLongThenRefused() {
        String url = "postgresql://db/";
        String fitting = url + "d".repeat(2000 - url.length());
        Map<String, String> environment =
                new HashMap<>(Map.of("ROSTER_DB_URL", fitting, "ROSTER_DB_USERNAME", "u".repeat(255)));
        assertEquals(
                new DatabaseSettings.External(
                        new DatabaseAddress(fitting, "u".repeat(255), ""), HOME.resolve(".roster")),
                settings(environment));
        environment.put("ROSTER_DB_USERNAME", "u".repeat(256));
        assertEquals("ROSTER_DB_USERNAME must have at most 255 characters", refusal(environment));
        environment.put("ROSTER_DB_URL", fitting + "d");
        environment.put("ROSTER_DB_USERNAME", "ann");
        assertEquals("ROSTER_DB_URL must have at most 2000 characters", refusal(environment));
    }

    @Test
    void whenNothingIsSetThenEmbeddedUnderHome() {
        assertEquals(new DatabaseSettings.Embedded(HOME.resolve(".roster")), settings(Map.of()));
    }

    @Test
    void whenVariablesAreEmptyThenTheyCountAsUnset() {
        var environment = Map.of(
                "ROSTER_DB_URL", " ",
                "ROSTER_DB_USERNAME", "",
                "ROSTER_DB_PASSWORD", "",
                "ROSTER_DATA_DIR", "");
        assertEquals(new DatabaseSettings.Embedded(HOME.resolve(".roster")), settings(environment));
    }

    @Test
    void whenDataDirectoryIsRelativeThenItBecomesAbsolute() {
        Path folder = settings(Map.of("ROSTER_DATA_DIR", "a/../b")).dataDirectory();
        assertEquals(Path.of("b").toAbsolutePath(), folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db:5432/roster",
                "postgresql://db/roster",
                "postgresql://roster_db:5432/roster",
                "postgresql://[::1]:5432/roster",
                "postgresql://db.example.org:6432/roster?sslmode=require",
                "postgresql://db-1:5432,db-2:5433,[::1]/roster?target_session_attrs=read-write",
                "postgresql://db/roster?sslmode=verify-full&sslrootcert=/etc/roster/ca.crt",
                "postgresql://db/roster?sslrootcert=/etc/roster/ca.crt&sslmode=verify-ca"
            })
    void whenUrlIsGoodThenExternal(String url) {
        var environment = Map.of(
                "ROSTER_DB_URL", url,
                "ROSTER_DB_USERNAME", "ann",
                "ROSTER_DB_PASSWORD", " secret ");
        assertEquals(
                new DatabaseSettings.External(new DatabaseAddress(url, "ann", " secret "), HOME.resolve(".roster")),
                settings(environment));
    }

    @Test
    void whenPasswordIsUnsetThenItIsEmpty() {
        var environment = Map.of("ROSTER_DB_URL", "postgresql://db/r", "ROSTER_DB_USERNAME", "ann");
        var external = (DatabaseSettings.External) settings(environment);
        assertEquals("", external.address().password());
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/roster, must start with postgresql://",
        "postgres://db:5432/roster, must start with postgresql://",
        "http://db:5432/roster, must start with postgresql://",
        "db:5432/roster, must start with postgresql://",
        "postgresql://ann:hidden@db:5432/roster, must not contain a user or password",
        "postgresql://db/roster?user=ann&password=hidden, must not contain a user or password",
        "postgresql://db/roster?sslmode=require&password=hidden, must not contain a user or password",
        "postgresql://db/roster?sslmode=verify-full, must name the file of the certificate authority",
        "postgresql://db/r?sslmode=verify-ca&sslrootcert=, must name the file of the certificate",
        "postgresql://db:54x2/roster, must have a port between 1 and 65535",
        "postgresql://db:/roster, must have a port between 1 and 65535",
        "postgresql://db:0/roster, must have a port between 1 and 65535",
        "postgresql://db:65536/roster, must have a port between 1 and 65535",
        "postgresql://db:99999999999/roster, must have a port between 1 and 65535",
        "postgresql://db:5432, must have the form postgresql://host:port",
        "postgresql://db:5432/, must have the form postgresql://host:port",
        "postgresql:///roster, must have the form postgresql://host:port",
        "postgresql://a:1%2Cb:2/roster, must have a port between 1 and 65535",
        "'postgresql://a:1,b:x/roster', must have a port between 1 and 65535",
        "'postgresql://a:1,,b:2/roster', must have the form postgresql://host:port",
        "'postgresql://a,/roster', must have the form postgresql://host:port",
        "'postgresql://a,b/roster?target_session_attrs=any', must have target_session_attrs=read-write"
    })
    void whenUrlIsBadThenRefusedWithItsRule(String url, String rule) {
        var environment = Map.of("ROSTER_DB_URL", url, "ROSTER_DB_USERNAME", "ann");
        String message = refusal(environment);
        assertTrue(message.startsWith("ROSTER_DB_URL " + rule), message);
        assertFalse(message.contains("hidden"), message);
        assertFalse(message.contains("\n"), message);
    }

    @Test
    void whenUrlIsSetWithoutUsernameThenRefused() {
        String message = refusal(Map.of("ROSTER_DB_URL", "postgresql://db:5432/roster"));
        assertEquals("ROSTER_DB_USERNAME must be set, because ROSTER_DB_URL is", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROSTER_DB_USERNAME", "ROSTER_DB_PASSWORD"})
    void whenUrlIsUnsetAndTheRestIsNotThenRefused(String variable) {
        assertEquals(variable + " is set, so ROSTER_DB_URL must be set too", refusal(Map.of(variable, "ann")));
    }

    @Test
    void whenDataDirectoryIsNoPathThenRefused() {
        String message = refusal(Map.of("ROSTER_DATA_DIR", "a\0b"));
        assertEquals("ROSTER_DATA_DIR must be the path of a folder", message);
    }

    @Test
    void whenThereAreSeveralServersThenEachDriverReadsThemInItsWay() {
        String url = "postgresql://a:1,b:2/roster?sslmode=require";
        Map<String, String> properties = new DatabaseAddress(url, "ann", "").properties();
        assertEquals(url, properties.get("roster.db.url"));
        assertEquals("postgresql://a:1/roster?sslmode=require", properties.get("roster.db.reactive-url"));
        assertEquals("jdbc:" + url + "&targetServerType=preferPrimary", properties.get("roster.db.jdbc-url"));
        assertEquals(
                List.of("postgresql://a:1/roster?sslmode=require", "postgresql://b:2/roster?sslmode=require"),
                DatabaseAddress.servers(url));
    }

    @Test
    void addressNeverPrintsThePassword() {
        var address = new DatabaseAddress("postgresql://db/roster", "ann", "secret");
        assertFalse(address.toString().contains("secret"));
    }

    @Test
    void whenPasswordLooksLikeAReferenceThenItIsEscaped() {
        var address = new DatabaseAddress("postgresql://db/roster", "ann", "a${b}");
        assertEquals("a\\${b}", address.properties().get("roster.db.password"));
    }

    private static DatabaseSettings settings(Map<String, String> environment) {
        return DatabaseSettings.from(environment, HOME);
    }

    private static String refusal(Map<String, String> environment) {
        return assertThrows(StartRefused.class, () -> settings(environment)).getMessage();
    }
}
