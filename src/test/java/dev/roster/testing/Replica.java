package dev.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged service as a process of its own, jar or native, one of several over a database. */
public final class Replica implements AutoCloseable {
    // A variable arrives as it is set, whatever the configuration makes of dollar signs
    private static final String SECRET = "secret-of-$$the-${replicas}";
    private static final String ADMIN_SECRET = "ROSTER_ADMIN_CLIENT_SECRET";
    private static final Map<String, String> VARIABLES = Map.of(ADMIN_SECRET, SECRET);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    // Three times what it takes itself until it gives its requests up
    private static final Duration END = Duration.ofSeconds(90);
    // It ends before the second compiler pays
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");
    private static final List<String> JAR = List.of("-jar", "target/quarkus-app/quarkus-run.jar");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private final Probe probe;
    private final int port;
    private final boolean makesSecret;

    private Replica(Process process, int port, int management, boolean makesSecret) {
        this.process = process;
        this.makesSecret = makesSecret;
        this.port = port;
        url = "http://127.0.0.1:" + port;
        probe = new Probe(URI.create("http://127.0.0.1:" + management + "/q/"));
    }

    /**
     * Starts one and returns when it is ready.
     *
     * @param settings more of them, each as {@code name=value}, or an option that starts with {@code -X}
     */
    public static Replica start(String database, Path dataDirectory, String... settings) throws Exception {
        Replica replica = launch(database, dataDirectory, settings);
        replica.awaitReady();
        return replica;
    }

    /** Starts one and returns at once; it may never be ready. */
    public static Replica launch(String database, Path dataDirectory, String... settings) throws Exception {
        return launch(VARIABLES, database, dataDirectory, settings);
    }

    /** Starts one with these variables and returns at once; it may never be ready. */
    public static Replica launch(
            Map<String, String> environment, String database, Path dataDirectory, String... settings) throws Exception {
        return launch(executable(), environment, database, dataDirectory, settings);
    }

    private static Replica launch(
            List<String> executable,
            Map<String, String> environment,
            String database,
            Path dataDirectory,
            String... settings)
            throws Exception {
        int port = FreePort.next();
        int management = FreePort.next();
        List<String> command = new ArrayList<>(executable);
        List<String> properties = List.of(
                "-Droster.db.url=" + database,
                "-Droster.db.username=postgres",
                "-Droster.db.password=postgres",
                "-Droster.embedded=true",
                "-Droster.data.dir=" + dataDirectory,
                "-Droster.issuer=http://replicas.test",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + management,
                // No test but that of the end has clients that keep on sending then
                "-Droster.shutdown.delay=0S");
        int last = command.size() > 1 ? command.size() - 2 : 1;
        command.addAll(
                last,
                Stream.of(settings)
                        .map(setting -> setting.startsWith("-X") ? setting : "-D" + setting)
                        .toList());
        command.addAll(last, properties);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        // As the images set them
        builder.environment().put("QUARKUS_VERTX_CACHING", "false");
        builder.environment().put("QUARKUS_VERTX_CLASSPATH_RESOLVING", "false");
        builder.redirectOutput(Redirect.to(log(port).toFile()));
        return new Replica(builder.start(), port, management, !environment.containsKey(ADMIN_SECRET));
    }

    /** What it has written so far. */
    public String log() throws IOException {
        return Files.readString(log(port));
    }

    /** The first errors and stacks that it has written, one a line. */
    public List<String> complaints() throws IOException {
        return log().lines()
                .filter(line -> !isOfBusyMachine(line) && (line.contains("ERROR") || hasStack(line)))
                .limit(10)
                .toList();
    }

    /** Whether a line says that an event loop had no processor for some seconds. */
    public static boolean isOfBusyMachine(String line) {
        return line.contains("io.vertx.core.impl.BlockedThreadChecker");
    }

    /** Whether there is the stack of an exception in some of a log, whose lines are text or JSON. */
    public static boolean hasStack(String logged) {
        return logged.contains("\tat ") || logged.contains("\"frames\":");
    }

    private static Path log(int port) {
        return Path.of("target", "replica-" + port + ".log");
    }

    /** The status of a request with a token; 0 where the connection broke. */
    public int status(String method, String path, String token) {
        try {
            return send(method, path, "Bearer " + token, null, "").statusCode();
        } catch (IOException broken) {
            return 0;
        }
    }

    /** The answer to a GET without a body. */
    public HttpResponse<String> get(String path, String token, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The answer to a POST. */
    public HttpResponse<String> post(String path, String token, String json) {
        try {
            return send("POST", path, "Bearer " + token, "application/json", json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The body of a request that must succeed. */
    public String send(String method, String path, String token, String json) throws IOException {
        HttpResponse<String> answer = send(method, path, "Bearer " + token, "application/json", json);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** A token of the first administrator. */
    public String adminToken() throws IOException {
        return token("admin", SECRET);
    }

    public String token(String clientId, String secret) throws IOException {
        HttpResponse<String> answer = grant(clientId, secret);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return member(answer.body(), "access_token");
    }

    /** A token of the first administrator, who may see to organizations by it: its client is made one of the system. */
    public String systemToken(KillableDatabase database) throws Exception {
        database.execute("UPDATE clients SET is_system = true WHERE client_id = 'admin'");
        return member(grant("admin", SECRET, "&scope=system").body(), "access_token");
    }

    /** The status of a request for a token. */
    public int grantStatus(String clientId, String secret) throws IOException {
        return grant(clientId, secret).statusCode();
    }

    private HttpResponse<String> grant(String clientId, String secret) throws IOException {
        return grant(clientId, secret, "");
    }

    private HttpResponse<String> grant(String clientId, String secret, String more) throws IOException {
        byte[] credentials = (clientId + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return send(
                "POST",
                "/oauth2/token",
                "Basic " + Base64.getEncoder().encodeToString(credentials),
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials" + more);
    }

    /** The text of a member of a JSON object, wherever it stands. */
    public static String member(String json, String name) {
        return json.replaceFirst("(?s).*\"" + name + "\"\\s*:\\s*\"([^\"]*)\".*", "$1");
    }

    /** Waits for the end: the exit code. */
    public int await() throws InterruptedException {
        if (!hasEnded(PATIENCE)) {
            throw new IllegalStateException("still running");
        }
        return process.exitValue();
    }

    /** What the platform asks it. */
    public Probe probe() {
        return probe;
    }

    /** The port of the API. */
    public int port() {
        return port;
    }

    /** Whether the platform would send requests. */
    public boolean isReady() throws InterruptedException {
        return probe.status("ready") == 200;
    }

    /** Tells the process to end, as a platform does; returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it as a power cut does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits for the end. */
    public boolean hasEnded(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
    }

    /** Tells it to end, and fails where it does not, or where it has logged what no log may have. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!hasEnded(END)) {
            kill();
            throw new IllegalStateException("did not end:\n" + written());
        }
        List<String> suspicious = suspicious();
        if (!suspicious.isEmpty()) {
            throw new IllegalStateException(log(port) + " has " + suspicious);
        }
    }

    /** The secret that it makes where it is given none is told once, to whoever has started it. */
    private List<String> suspicious() {
        try {
            return SuspiciousLines.in(log(port), line -> makesSecret && line.startsWith("  client secret: "));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String written() {
        try {
            return log();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The answer to a request with a body of a type. */
    public HttpResponse<String> send(String method, String path, String authorization, String type, String body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization)
                .method(method, BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits until the platform would send requests. */
    public void awaitReady() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                process.destroy();
                throw new IllegalStateException("not ready:\n" + log());
            }
            Thread.sleep(100);
        }
    }

    /** What starts the packaged service, jar or native; arguments follow. */
    public static List<String> executable() {
        String image = System.getProperty("native.image.path", "");
        if (Files.isExecutable(Path.of(image))) {
            return List.of(image);
        }
        return jar("-XX:SharedArchiveFile=" + Archive.MADE);
    }

    private static List<String> jar(String option) {
        return Stream.of(JVM, List.of(option), JAR).flatMap(List::stream).toList();
    }

    /** Classes as one start and first requests have read them: each of the many other starts takes a quarter less. */
    private static final class Archive {
        static final Path MADE = make();

        private static Path make() {
            Path archive =
                    Path.of("target", "packaged-" + ProcessHandle.current().pid() + ".jsa");
            try {
                Path folder = Files.createTempDirectory("roster-archive");
                try (KillableDatabase database = new KillableDatabase(folder.resolve("database"));
                        Replica first =
                                launch(jar("-XX:ArchiveClassesAtExit=" + archive), VARIABLES, database.url(), folder)) {
                    first.awaitReady();
                    first.get("/api/v1/users", first.adminToken());
                }
                Folders.discard(folder);
            } catch (Exception none) {
                throw new IllegalStateException("no archive of classes", none);
            }
            archive.toFile().deleteOnExit();
            return archive;
        }
    }
}
