package dev.roster.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.RunningReplicas;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Metadata of many values is small as it is sent and kept, and very many times that where it is made into objects: whoever
 * may write accounts, or read them, takes the heap of a replica with some hundred of them.
 */
@Beside
class ManyValuesIT {
    private static final int ACCOUNTS = 700;
    private static final int AT_ONCE = 6;
    private static final String MANY = "{\"k\":[" + "{},".repeat(5_400) + "{}]}";
    private static final String IMPORT = "/api/v1/users/import";
    private static final Executor THREADS = run -> new Thread(run).start();

    @RegisterExtension
    static final RunningReplicas SERVICE = RunningReplicas.ofOne();

    private static String token;

    @BeforeAll
    static void start() throws Exception {
        token = SERVICE.one().adminToken();
        assertEquals(200, send(IMPORT, "application/x-ndjson", users(ACCOUNTS, "a", ",\"metadata\":" + MANY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users", "/api/v1/users?limit=250", "/users?size=100", "/api/v1/users/export"})
    void whenAllAreReadByManyThenEachIsAnswered(String path) {
        assertAll(AT_ONCE, 200, n -> SERVICE.one().get(path, token).statusCode());
    }

    @Test
    void whenTheyAreImportedByManyThenEachIsAnswered() {
        assertAll(4, 200, n -> send(IMPORT, "application/x-ndjson", users(100, "b" + n, ",\"metadata\":" + MANY)));
    }

    /** All in one batch: their lines are short. */
    @Test
    void whenTheyAreChangedThenNotAllAreReadAtOnce() throws Exception {
        assertEquals(200, send(IMPORT, "application/x-ndjson", users(ACCOUNTS, "a", ",\"company\":\"c\"")));
    }

    @Test
    void whenTheyJoinGroupsThenEachIsAnswered() {
        String members =
                IntStream.range(0, ACCOUNTS).mapToObj(n -> "\"a" + n + "\"").collect(Collectors.joining(","));
        assertAll(
                AT_ONCE,
                201,
                n -> send(
                        "/api/v1/groups",
                        "application/json",
                        "{\"name\":\"g" + n + "\",\"members\":[" + members + "]}"));
    }

    /** A request, of which the status counts. */
    private interface Sent {
        int status(int number) throws Exception;
    }

    private static void assertAll(int number, int status, Sent sent) {
        IntFunction<CompletableFuture<Integer>> one = n -> CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return sent.status(n);
                    } catch (Exception broken) {
                        return 0;
                    }
                },
                THREADS);
        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, number).mapToObj(one).toList();
        assertEquals(
                IntStream.range(0, number).mapToObj(n -> status).toList(),
                answers.stream().map(CompletableFuture::join).toList());
    }

    private static int send(String path, String type, String body) throws Exception {
        HttpResponse<String> answer = SERVICE.one().send("POST", path, "Bearer " + token, type, body);
        // What stops an import later is in its last line
        boolean isDone = !path.equals(IMPORT) || answer.body().contains("\"result\":\"done\"");
        return isDone ? answer.statusCode() : 0;
    }

    private static String users(int number, String prefix, String more) {
        return IntStream.range(0, number)
                .mapToObj(n -> "{\"name\":\"" + prefix + n + "\"" + more + "}\n")
                .collect(Collectors.joining());
    }
}
