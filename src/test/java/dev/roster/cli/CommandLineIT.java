package dev.roster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import dev.roster.testing.KillableDatabase;
import dev.roster.testing.Replica;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as it ships, jar or native executable, which calls a service that is the same. */
@Beside
class CommandLineIT {
    // A test in another locale can neither name such a file nor say such a word
    private static final boolean IS_UNICODE = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    @TempDir
    static Path folder;

    @Test
    void whenCommandsAreGivenThenTheyAreDone() throws Exception {
        Path file = Files.writeString(
                folder.resolve(IS_UNICODE ? "Zoë.csv" : "Zoe.csv"), "name,display_name\nzoe,Zoë\nada,Ada\n");
        Path kept = folder.resolve("kept.properties");
        try (KillableDatabase database = KillableDatabase.migrated(folder.resolve("database"));
                Replica replica = Replica.start(database.url(), folder)) {
            String url = "http://127.0.0.1:" + replica.port();
            String account = replica.send(
                    "POST",
                    "/api/v1/service-accounts",
                    replica.adminToken(),
                    "{\"name\":\"nightly\",\"role\":\"admin\"}");
            Map<String, String> asKept = Map.of("ROSTER_CONFIG", kept.toString());
            Ended login = run(
                    asKept,
                    Replica.member(account, "client_secret") + "\n",
                    "login",
                    url,
                    "--client",
                    Replica.member(account, "client_id"));
            assertEquals(new Ended(0, "", "roster: kept in " + kept), login);
            assertEquals(0, run(asKept, "", "token").status());
            String token = run(asKept, "", "token").out();
            assertEquals(200, replica.status("GET", "/api/v1/users/me", token));

            Map<String, String> by = Map.of("ROSTER_URL", url, "ROSTER_TOKEN", token);
            Ended imported = run(by, "", "import", file.toString(), "--from-line", "2");
            assertEquals(0, imported.status(), imported.err());
            assertEquals(2, imported.json().path("created").asInt(), imported.out());
            Ended list = run(by, "", "users", "list", "--search", IS_UNICODE ? "zoë" : "zo", "--limit", "10");
            assertEquals(0, list.status(), list.err());
            assertEquals("zoe", list.json().path("name").asText(), list.out());
            Ended off = run(by, "", "users", "deactivate", "ada");
            assertEquals("deactivated", off.json().path("status").asText(), off.err());
            assertTrue(run(by, "", "export", "--csv").out().contains(",zoe,Zoë,"));
        }
    }

    @Test
    void whenAskedForHelpThenItIsShown() throws Exception {
        assertTrue(run(Map.of(), "", "--version").out().matches("roster \\d+\\.\\d+\\.\\d+\\S*"));
        assertTrue(run(Map.of(), "", "--help").out().startsWith("Usage: roster [-hV] [COMMAND]"));
        Ended help = run(Map.of(), "", "users", "list", "--help");
        assertEquals(0, help.status());
        assertTrue(help.out().startsWith("Usage: roster users list"), help.out());
        Ended nothing = run(Map.of(), "", "users");
        assertEquals(2, nothing.status());
        assertTrue(nothing.err().startsWith("Name what to do: "), nothing.err());
    }

    private static Ended run(Map<String, String> settings, String input, String... words) throws Exception {
        List<String> command = new ArrayList<>(Replica.executable());
        boolean isNative = command.size() == 1;
        // There is no place where anything could be unpacked
        command.add(isNative ? 1 : command.size() - 2, "-Djava.io.tmpdir=/dev/null/none");
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", isNative ? "C" : "C.UTF-8");
        builder.environment().clear();
        builder.environment().putAll(environment);
        return Ended.of(builder, input, folder).stripped();
    }
}
