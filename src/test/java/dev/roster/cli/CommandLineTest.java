package dev.roster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.roster.audit.RecordedEvents;
import dev.roster.caller.Role;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, as a process of its own where that matters, which calls the running service. */
@QuarkusTest
class CommandLineTest {
    private final TestOrganization organization = TestOrganization.create();
    private final TestClient admin = organization.client(Role.ADMIN);

    @TempDir
    Path folder;

    private Map<String, String> settings;

    @BeforeEach
    void set() {
        settings = Map.of("ROSTER_URL", "http://localhost:" + RestAssured.port, "ROSTER_TOKEN", admin.token());
    }

    @Test
    void whenUsersAreMadeAndChangedThenAsByTheApi() throws Exception {
        Ended made = run("", "users", "create", "ada", "--email", "ada@example.com", "--role", "viewer");
        assertEquals(0, made.status(), made.err());
        assertEquals("ada", made.json().path("name").asText());
        assertEquals("ada@example.com", made.json().at("/profile/email_address").asText());
        assertEquals("viewer", made.json().path("role").asText());
        assertTrue(RecordedEvents.types(organization.id()).contains("user.created"));
        assertEquals(
                "deactivated",
                run("", "users", "deactivate", "ada").json().path("status").asText());
        assertEquals(
                "deactivated",
                run("", "users", "get", "ada").json().path("status").asText());
        Ended list = run("", "users", "list", "--status", "deactivated");
        assertEquals(1, list.out().lines().count(), list.out());
        assertEquals("ada", list.json().path("name").asText());
        Ended none = run("", "users", "get", "no/body");
        assertEquals(1, none.status());
        assertEquals("", none.out());
        assertTrue(none.err().startsWith("roster: 404 Not Found: "), none.err());
    }

    @Test
    void whenAFileIsImportedThenItsErrorsAreToldAndItsExportChangesNothing() throws Exception {
        Path table = folder.resolve("users.csv");
        Files.writeString(
                table,
                IntStream.rangeClosed(1, 2500)
                        .mapToObj(n -> "u" + n + ",User " + n)
                        .collect(Collectors.joining("\n", "name,display_name\n", "\nwrong,\"\"\n")));
        Ended imported = run("", "import", table.toString());
        assertEquals(1, imported.status());
        assertEquals(2500, imported.json().path("created").asInt());
        assertEquals(1, imported.json().path("errors").asInt());
        assertTrue(imported.err().startsWith("roster: line 2502: display_name: "), imported.err());
        Ended export = run("", "export");
        assertEquals(2501, export.out().lines().count());
        Path lines = folder.resolve("users.ndjson");
        Files.writeString(lines, export.out());
        Ended again = run("", "import", "--mode", "sync", lines.toString());
        assertEquals(0, again.status(), again.err());
        assertEquals(2501, again.json().path("unchanged").asInt());
        assertTrue(run("", "export", "--csv").out().startsWith("external_id,name,"));
    }

    /** Whoever runs it every night hears that people who have left are still there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            users.csv  | name;                                                     | csv  | The file names nobody.
            users.json | []                                                        | okta | The file names nobody.
            users.json | {"users":[]}                                              | okta | The file names nobody.
            users.ldif | dn: ou=a;objectClass: device;                             | ldif | The file names nobody.
            users.ldif | dn: ou=a;objectClass: device;                             | file | The file names nobody.
            page.scim  | {"totalResults":2,"Resources":[{"userName":"ada"}]}       | scim | The file is about 1 of the 2 users that it tells of.
            users.csv  | name,role;ada,nobody                                       | csv  | There are errors.
            """)
    void whenASyncKeepsWhoIsInNoLineThenItIsNotDone(String name, String text, String format, String why)
            throws Exception {
        Path file = Files.writeString(folder.resolve(name), text.replace(';', '\n'));
        List<String> words = new ArrayList<>(List.of("import", "--mode", "sync", file.toString()));
        if (!List.of("csv", "file").contains(format)) {
            words.addAll(List.of("--format", format));
        }
        Ended ended = run("", words.toArray(String[]::new));
        assertEquals(1, ended.status());
        assertEquals("done", ended.json().path("result").asText());
        assertEquals(why, ended.json().path("left_out_reason").asText());
        List<String> told = ended.err().lines().toList();
        assertEquals("roster: users in no line were kept: " + why, told.get(told.size() - 1));
    }

    @Test
    void whenTheServiceIsStartedWithOptionsThenTheyAreNoCommand() {
        assertFalse(RosterCommand.isMeant());
        assertFalse(RosterCommand.isMeant("-Xmx192m"));
        assertTrue(RosterCommand.isMeant("--help"));
        assertTrue(RosterCommand.isMeant("users", "list"));
    }

    @Test
    void whenSignedInThenKeptForLaterCommandsAndForNobodyElse() throws Exception {
        Path kept = folder.resolve("deep/config.properties");
        settings = Map.of("ROSTER_CONFIG", kept.toString());
        assertEquals(1, run("", "users", "list").status());
        String url = "http://localhost:" + RestAssured.port;
        Ended wrong = run("no-secret\n", "login", url, "--client", admin.clientId());
        assertEquals(1, wrong.status());
        assertTrue(wrong.err().startsWith("roster: 401 "), wrong.err());
        Ended right = run(admin.secret() + "\n", "login", url, "--client", admin.clientId());
        assertEquals(0, right.status(), right.err());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        assertEquals(0, run("", "users", "list").status());
        String token = run("", "token").out().strip();
        assertEquals(3, token.split("\\.", -1).length, token);
        // A token of who called before is not kept for another client, nor used for one that the environment names
        Files.writeString(kept, "\nROSTER_TOKEN=old\n", StandardOpenOption.APPEND);
        assertEquals(1, run("", "users", "list").status());
        settings = Map.of(
                "ROSTER_CONFIG",
                kept.toString(),
                "ROSTER_CLIENT_ID",
                admin.clientId(),
                "ROSTER_CLIENT_SECRET",
                admin.secret());
        assertEquals(0, run("", "users", "list").status());
        settings = Map.of("ROSTER_CONFIG", kept.toString());
        assertEquals(
                0,
                run(admin.secret() + "\n", "login", url, "--client", admin.clientId())
                        .status());
        assertEquals(0, run("", "users", "list").status());
    }

    @Test
    void whenHomeIsElsewhereThenTheFileOfSettingsIsThere() throws Exception {
        settings = Map.of("HOME", folder.toString());
        String url = "http://localhost:" + RestAssured.port;
        Ended kept = run(admin.secret() + "\n", "login", url, "--client", admin.clientId());
        Path file = folder.resolve(".config/roster/config.properties");
        assertEquals("roster: kept in " + file, kept.err().strip());
        assertEquals(0, run("", "users", "list").status());
        Path elsewhere = Files.move(file, folder.resolve("elsewhere.properties"));
        Files.createSymbolicLink(file, elsewhere);
        run(admin.secret() + "\n", "login", url, "--client", admin.clientId());
        assertTrue(Files.isSymbolicLink(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    2,
                    files.filter(found -> !found.getFileName().toString().matches("(out|err).*"))
                            .count());
        }
        assertEquals(0, run("", "users", "list").status());
    }

    @Test
    void whenOthersMayReadTheSecretThenWarned() throws Exception {
        Path kept = folder.resolve("config.properties");
        Files.writeString(kept, "ROSTER_URL=" + settings.get("ROSTER_URL") + "\nROSTER_TOKEN=" + admin.token());
        settings = Map.of("ROSTER_CONFIG", kept.toString());
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-r-----"));
        Ended list = run("", "users", "list");
        assertEquals(0, list.status());
        assertEquals(
                "roster: Others may read or change the secret in " + kept + "; chmod 600 keeps it to its owner.",
                list.err().strip());
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
        assertEquals("", run("", "users", "list").err());
        settings = Map.of("ROSTER_CONFIG", folder.toString());
        assertEquals(
                "roster: " + folder + " is a folder.",
                run("", "users", "list").err().strip());
    }

    @Test
    void whenASecretWouldBeSeenThenItIsNotAskedForNorShown() throws Exception {
        // Before it is asked for
        assertFailed(
                "The address must be that of a service, without a user, a password or a query.",
                run("", "login", "http://ada:secret@localhost:1", "--client", "c"));
        assertFailed(
                "The address must have no blanks in it.", run("", "login", "http://local host:1", "--client", "c"));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "a terminal needs script of util-linux");
        Ended typed = start(
                "",
                List.of("bash", "-c", "script -qefc \"$(printf '%q ' \"$@\") >/dev/null\" /dev/null", "bash"),
                "login",
                "http://localhost:1",
                "--client",
                "c");
        assertTrue(typed.out().contains("The secret would be seen while it is typed"), typed.out());
    }

    @Test
    void whenATokenHasALineEndThenItDoesNotCountAndWithinItIsRefusedWithoutBeingShown() throws Exception {
        String url = settings.get("ROSTER_URL");
        String token = settings.get("ROSTER_TOKEN");
        for (String end : List.of("\r", "\n", " \r\n")) {
            settings = Map.of("ROSTER_URL", url, "ROSTER_TOKEN", token + end);
            assertEquals(0, run("", "users", "list").status());
            assertEquals(token + System.lineSeparator(), run("", "token").out());
        }
        for (String within : List.of("\r", "\n", "\u007f", " ")) {
            settings = Map.of("ROSTER_URL", url, "ROSTER_TOKEN", "eyJsecret" + within + "secret");
            for (List<String> words : List.of(List.of("users", "list"), List.of("token"))) {
                assertFailed(
                        "The token must be one line of ASCII, without blanks or control characters in it.",
                        run("", words.toArray(String[]::new)));
            }
        }
    }

    @Test
    void whenTheAddressCannotBeCalledThenSaid() throws Exception {
        for (String address : List.of("http://127.0.0.1:99999", "http://127.0.0.1:0", "http://:80", "http://a:b")) {
            // Before the secret is asked for
            assertFailed(
                    "The address must name a host, and no port but one of 1 to 65535.",
                    run("", "login", address, "--client", "c"));
        }
    }

    /** As HTTP libraries do, which quote the header that they refuse. */
    @Test
    void whenAFailureIsOfNoKnownKindThenItsWordsAreNotTold() {
        assertEquals(
                "This failed in a way that was not foreseen (java.lang.IllegalArgumentException).",
                CallFailed.why(new IllegalArgumentException("a header with eyJsecret")));
        assertEquals("refused", CallFailed.why(new IOException("refused")));
    }

    @Test
    void whenHomeIsEmptyThenItIsAsIfItWereNotSet() throws Exception {
        settings = Map.of("HOME", "", "ROSTER_CONFIG", "");
        assertFailed(
                "ROSTER_URL is not set, neither in the environment nor in " + System.getProperty("user.home")
                        + "/.config/roster/config.properties; \"roster login\" sets it there.",
                run("", "token"));
    }

    @Test
    void versionIsThatOfTheBuild() throws Exception {
        Ended version = run("", "--version");
        assertEquals(0, version.status());
        String built = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
        assertEquals("roster " + built, version.out().strip());
    }

    @Test
    void whenThereAreMoreUsersThanALineThenSaidAndAllAreListedIfWanted() throws Exception {
        TestRows.persons(organization, "p", 1100, 10);
        Ended some = run("", "users", "list");
        assertEquals(50, some.out().lines().count());
        assertEquals(
                "roster: There are more: --all lists them, and so does \"roster export\".",
                some.err().strip());
        Ended all = run("", "users", "list", "--all", "--search", "p");
        assertEquals(1100, all.out().lines().count());
        assertEquals("", all.err());
        assertEquals(2, run("", "users", "get", " ").status());
    }

    /** A locale of ASCII, as cron has it. */
    @Test
    void whenTheLocaleKnowsNoUnicodeThenOutputIsUtf8AndNoNameIsMangled() throws Exception {
        TestRows.person(organization, "zoë", "zoe@example.com", Role.MEMBER);
        settings = new HashMap<>(settings);
        settings.put("LC_ALL", "C");
        assertTrue(start("", List.of(), "users", "list", "--search", "zo").out().contains("\"name\":\"zoë\""));
        Ended made =
                start("", List.of("sh", "-c", "exec \"$0\" \"$@\" \"$(printf 'm\\303\\274ller')\""), "users", "create");
        boolean refused = made.status() == 2 && made.err().contains("LC_ALL=C.UTF-8");
        // Later runtimes read arguments as UTF-8 whatever the locale
        assertTrue(refused || made.json().path("name").asText().equals("müller"), made.err());
    }

    @Test
    void whenAFileComesFromAPipeThenItIsImported() throws Exception {
        Ended imported = run("{\"name\":\"ada\"}\n{\"name\":\"ben\"}\n", "import", "/dev/stdin");
        assertEquals(0, imported.status(), imported.err());
        assertEquals(2, imported.json().path("created").asInt());
        Path table = Files.writeString(folder.resolve("USERS.CSV"), "name\ncat\n");
        assertEquals(
                1, run("", "import", table.toString()).json().path("created").asInt());
        Ended piped = run("name\tdisplay_name\ndan\tDan\n", "import", "--type", "csv", "/dev/stdin");
        assertEquals(1, piped.json().path("created").asInt(), piped.err());
        Ended none = run("", "import", folder.toString());
        assertEquals("roster: " + folder + " is a folder.", none.err().strip());
        assertEquals(2, run("", "import", "--type", "xls", table.toString()).status());
    }

    /** By the name of the file and with what is wrong; the service is not asked for anything. */
    @Test
    void whenAFileCannotBeSentThenItsNameAndWhyAreTold() throws Exception {
        settings = Map.of("ROSTER_URL", "http://127.0.0.1:1", "ROSTER_TOKEN", "none");
        Path none = folder.resolve("none.ndjson");
        Path empty = Files.createFile(folder.resolve("empty.ndjson"));
        Path secret = Files.writeString(folder.resolve("secret.ndjson"), "{}");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("-w-------"));
        assertFailed("There is no file " + none + ".", run("", "import", none.toString()));
        assertFailed(folder + " is a folder.", run("", "import", folder.toString()));
        assertFailed(empty + " is empty.", run("", "import", empty.toString()));
        assertFailed("/dev/stdin is empty.", run("", "import", "/dev/stdin"));
        // Who is root reads everything, and this
        String unreadable = "/proc/self/mem cannot be read: Input/output error";
        assertFailed(unreadable, run("", "import", "/proc/self/mem"));
        if (!Files.isReadable(secret)) {
            assertFailed(secret + " may not be read by this user.", run("", "import", secret.toString()));
        }
    }

    @Test
    void whenTheOutputCannotBeWrittenThenTheCommandFails() throws Exception {
        TestRows.persons(organization, "p", 1100, 10);
        List<String> full = List.of("sh", "-c", "exec \"$0\" \"$@\" > /dev/full");
        // It reads a line, and its end is that of the pipe
        List<String> cut = List.of("sh", "-c", "{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | head -n 1 > /dev/null");
        for (List<String> words : List.of(List.of("export"), List.of("users", "list", "--all"))) {
            String[] command = words.toArray(String[]::new);
            assertFailed("The output cannot be written: No space left on device.", start("", full, command));
            assertEquals(
                    "roster: Nobody reads the output any more.\nstatus 1",
                    start("", cut, command).err().strip());
        }
        assertFailed(
                "The output cannot be written: No space left on device.", start("", full, "users", "get", "admin"));
        assertFailed("The output cannot be written: No space left on device.", start("", full, "token"));
        for (String told : List.of("--help", "--version")) {
            assertFailed("The output cannot be written: No space left on device.", start("", full, told));
        }
        assertFailed(
                "The output cannot be written: No space left on device.", start("", full, "users", "list", "--help"));
    }

    private static void assertFailed(String why, Ended ended) {
        assertEquals("roster: " + why, ended.err().strip());
        assertEquals(1, ended.status());
        assertEquals("", ended.out());
    }

    @Test
    void whenHashesAreWantedThenATokenThatMayIsAskedFor() throws Exception {
        settings = Map.of(
                "ROSTER_URL",
                "http://localhost:" + RestAssured.port,
                "ROSTER_CLIENT_ID",
                admin.clientId(),
                "ROSTER_CLIENT_SECRET",
                admin.secret());
        assertTrue(run("", "export", "--hashes").err().startsWith("roster: 400 "));
        admin.becomeSystem();
        Ended export = run("", "export", "--hashes");
        assertEquals(0, export.status(), export.err());
        assertTrue(export.out().contains("\"name\":\"admin\""));
    }

    /** Each word says to the service what a program would say. */
    @Test
    void whenAnImportHasOptionsThenTheServiceIsToldThem() throws Exception {
        // An empty line is a sign of life
        byte[] done = """

                {"name":"old","result":"error","error":{"code":"last_admin","detail":"Why."}}
                {"result":"done","errors":0,"next_line":2}
                """.getBytes(StandardCharsets.UTF_8);
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.add(exchange.getRequestURI().getQuery() + " "
                    + exchange.getRequestHeaders().getFirst("Firebase-Scrypt"));
            exchange.sendResponseHeaders(200, done.length);
            exchange.getResponseBody().write(done);
            exchange.close();
        });
        service.start();
        try {
            settings = Map.of(
                    "ROSTER_URL",
                    "http://127.0.0.1:" + service.getAddress().getPort(),
                    "ROSTER_TOKEN",
                    "any",
                    "ROSTER_FIREBASE_SCRYPT",
                    "hash_config {\n  rounds: 8,\r\n}");
            String file = Files.writeString(folder.resolve("one.ndjson"), "{}").toString();
            String words =
                    "import --set-groups --ignore-hashes --left-out any --audit accounts --results errors " + file;
            Ended ended = run("", words.split(" ", -1));
            assertEquals(0, ended.status());
            assertEquals("roster: old: Why.", ended.err().strip());
            assertEquals(
                    "mode=upsert&dry_run=false&from_line=1&groups=set&hashes=ignore&left_out=any&audit=accounts"
                            + "&results=errors hash_config {   rounds: 8, }",
                    asked.get(0));
            assertEquals(
                    2,
                    run("", "import", "--set-groups", "--ignore-groups", file).status());
            assertEquals(1, asked.size());
        } finally {
            service.stop(0);
        }
    }

    /** Also where the lines go into a file, as they mostly do: it is written where errors are. */
    @Test
    void whenErrorsGoToATerminalThenHowFarAnExportIsIsSeenThere() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "a terminal needs script of util-linux");
        Path lines = folder.resolve("exported.ndjson");
        Path shown = folder.resolve("shown");
        String written = "script -qefc \"$(printf '%q ' \"$@\") >" + lines + "\" " + shown;
        start("", List.of("bash", "-c", written, "bash"), "export");
        assertTrue(Files.readString(lines).contains("\"name\":"), Files.readString(lines));
        assertFalse(Files.readString(lines).contains("lines"), Files.readString(lines));
        assertTrue(Files.readString(shown).contains("##] 100 %  1 lines  "), Files.readString(shown));
        start("", List.of("bash", "-c", written, "bash"), "users", "list", "--all");
        assertEquals(unseen(run("", "users", "list", "--all").out()), unseen(Files.readString(lines)));
        assertTrue(Files.readString(shown).contains("1 lines  "), Files.readString(shown));
        String seen = "script -qefc \"$(printf '%q ' \"$@\")\" " + shown;
        start("", List.of("bash", "-c", seen, "bash"), "export");
        assertFalse(Files.readString(shown).contains(" lines  "), Files.readString(shown));
        assertFalse(run("", "export").err().contains("lines"));
    }

    /** Without a time that is written behind the request. */
    private static String unseen(String lines) {
        return lines.replaceAll("\"last_seen_at\":\"[^\"]*\",", "");
    }

    /** Whatever lies in the folder: such a word is no file of arguments. */
    @ParameterizedTest
    @ValueSource(strings = {"@", "@@"})
    void whenAWordBeginsWithAnAtSignThenItIsTheWord(String sign) throws Exception {
        Path file = Files.writeString(folder.resolve("dave"), "eve");
        for (String word : List.of(sign + file, sign + folder)) {
            Ended ended = run("", "users", "get", word);
            assertEquals(1, ended.status(), ended.err());
            assertTrue(ended.err().contains("not found"), ended.err());
        }
        Ended list = run("", "users", "list", "--search", sign + folder);
        assertEquals(0, list.status(), list.err());
    }

    /** As in a loop that reads names from a file. */
    @Test
    void whenTheInputIsNoTerminalThenTheOutputMayBeOneAllTheSame() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "a terminal needs script of util-linux");
        Path shown = folder.resolve("shown");
        List<String> by = List.of("bash", "-c", "script -qefc \"$(printf '%q ' \"$@\") </dev/null\" " + shown, "bash");
        start("", by, "users", "list", "--all");
        assertTrue(Files.readString(shown).contains("name   display_name"), Files.readString(shown));
        start("", by, "users", "get", "admin");
        assertFalse(Files.readString(shown).contains("{\"id\""), Files.readString(shown));
    }

    @Test
    void whenErrorsGoIntoAFileThenNoColoursAreInIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "a terminal needs script of util-linux");
        Path errors = folder.resolve("errors");
        String script = "script -qefc \"$(printf '%q ' \"$@\") 2>" + errors + "\" /dev/null";
        start("", List.of("bash", "-c", script, "bash"), "users", "get");
        assertTrue(Files.readString(errors).contains("Usage: roster users get"), Files.readString(errors));
        assertFalse(Files.readString(errors).contains("\u001b"), Files.readString(errors));
    }

    @Test
    void whenASyncDeactivatesThenHowManyIsSeen() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "a terminal needs script of util-linux");
        run("", "users", "create", "ada");
        run("", "users", "create", "ben");
        Path file = Files.writeString(folder.resolve("sync.ndjson"), "{\"name\":\"ada\"}\n");
        Path shown = folder.resolve("shown");
        String script = "script -qefc \"$(printf '%q ' \"$@\")\" " + shown;
        start("", List.of("bash", "-c", script, "bash"), "import", "--mode", "sync", file.toString());
        assertTrue(Files.readString(shown).contains("users in no line: 1 deactivated"), Files.readString(shown));
    }

    /** A proxy that answers with a page of its own. */
    @Test
    void whenTheAnswerIsNoneOfAnImportThenTold() throws Exception {
        byte[] page = "<html>\nSign in\n</html>\n".getBytes(StandardCharsets.UTF_8);
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        proxy.start();
        try {
            settings = Map.of(
                    "ROSTER_URL", "http://127.0.0.1:" + proxy.getAddress().getPort(), "ROSTER_TOKEN", "any");
            Path file = Files.writeString(folder.resolve("one.ndjson"), "{\"name\":\"ada\"}\n");
            Ended imported = run("", "import", file.toString());
            assertEquals(1, imported.status());
            assertEquals(
                    "roster: The service answered what is no JSON: <html>",
                    imported.err().strip());
            for (List<String> words : List.of(
                    List.of("users", "deactivate", "ada"),
                    List.of("users", "list"),
                    List.of("export"),
                    List.of("login", settings.get("ROSTER_URL"), "--client", "x"))) {
                Ended ended = run("secret\n", words.toArray(String[]::new));
                assertEquals(1, ended.status(), words.toString());
                assertEquals("", ended.out());
                String wanted = words.contains("export") ? "application/x-ndjson" : "JSON";
                assertTrue(ended.err().strip().endsWith(" answered what is no " + wanted + "."), ended.err());
            }
        } finally {
            proxy.stop(0);
        }
    }

    /** A service that stops says why; of one that is lost it is told how far its answers went. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            upsert | 500 | : Connection was closed What begins before line 8 is answered: --from-line 8 goes on from there.
            sync   | 500 | : Connection was closed
            upsert | 0   | the import stopped: There is no room.
            """)
    void whenAnImportEndsEarlyThenToldWhereAndWhy(String mode, int more, String told) throws Exception {
        byte[] lines = """
                {"line":1,"name":"ada","result":"created"}
                {"line":7,"name":"ben","result":"created"}
                %s""".formatted(
                        more > 0
                                ? ""
                                : "{\"result\":\"stopped\",\"error\":{\"code\":\"unavailable\",\"detail\":\"There is no room.\"},"
                                        + "\"next_line\":8}\n")
                .getBytes(StandardCharsets.UTF_8);
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, lines.length + more);
            exchange.getResponseBody().write(lines);
            exchange.close();
        });
        service.start();
        try {
            settings = Map.of(
                    "ROSTER_URL", "http://127.0.0.1:" + service.getAddress().getPort(), "ROSTER_TOKEN", "any");
            Path file = Files.writeString(folder.resolve("two.ndjson"), "{\"name\":\"ada\"}\n");
            Ended imported = run("", "import", "--mode", mode, file.toString());
            assertEquals(1, imported.status());
            assertEquals(
                    "roster: " + (more > 0 ? settings.get("ROSTER_URL") : "") + told,
                    imported.err().strip());
        } finally {
            service.stop(0);
        }
    }

    @Test
    void whenTheFileOfSettingsIsBrokenThenToldAndHelpIsThereAllTheSame() throws Exception {
        Path kept = Files.writeString(folder.resolve("broken.properties"), "ROSTER_URL=\\u12");
        settings = Map.of("ROSTER_CONFIG", kept.toString());
        assertEquals(0, run("", "export", "--help").status());
        Ended list = run("", "users", "list");
        assertEquals(1, list.status());
        assertTrue(list.err().startsWith("roster: " + kept + " cannot be read: "), list.err());
        Ended both = run("", "export", "--groups", "--hashes");
        assertEquals(
                "roster: Groups have no passwords: --hashes is for users.",
                both.err().strip());
    }

    @Test
    void whenNotAskedForAsItIsThenUsageIsTold() throws Exception {
        Ended unknown = run("", "usres");
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().contains("users"), unknown.err());
        assertEquals(2, run("", "users").status());
        Ended help = run("", "--help");
        assertEquals(0, help.status());
        assertTrue(help.out().contains("import"), help.out());
    }

    /** Without the Groovy of tests, which the command line would load where it finds it. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .filter(part -> !Path.of(part).getFileName().toString().startsWith("groovy"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** In this process, but where the words name its input. */
    private Ended run(String input, String... words) throws IOException, InterruptedException {
        if (List.of(words).contains("/dev/stdin")) {
            return start(input, List.of(), words);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(System.getenv());
        give(environment);
        InputStream own = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            int status = RosterCommand.run(environment, out, err, words);
            return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(own);
        }
    }

    private void give(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("ROSTER_"));
        environment.putAll(settings);
    }

    /** As a program says that runs it, which may have more words, be it in bytes that the locale of this process has not. */
    private Ended start(String input, List<String> by, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(by);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                "dev.roster.Roster"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        give(builder.environment());
        return Ended.of(builder, input, folder);
    }
}
