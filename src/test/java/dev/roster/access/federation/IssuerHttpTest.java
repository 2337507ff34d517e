package dev.roster.access.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.access.federation.StandInIssuer.Mood;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Beside;
import dev.roster.testing.FreePort;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of other issuers, over real HTTP. */
@Beside
class IssuerHttpTest {
    // More than have a connection to one host
    private static final int MANY = 3 * IssuerHttp.CONNECTIONS;

    private final int port = FreePort.next();
    private final StandInIssuer issuer = new StandInIssuer(port);
    private final Vertx vertx = Vertx.vertx();
    private final IssuerHttp http = new IssuerHttp(vertx);

    @AfterEach
    void stop() {
        issuer.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whenManyHaveWaitedInVainThenAnIssuerThatAnswersAgainIsHeard() {
        issuer.turn("/keys", Mood.SILENT);
        AtOnce.all(MANY, i -> assertThrows(RuntimeException.class, () -> await(http.get(at("/keys")))));
        assertEquals("{\"keys\":[]}", await(http.get(at("/others"))));
        assertEquals(200, await(http.post(at("/token"), "", "code=x")).status());
    }

    /** It answers when all are there: nobody waits for another. */
    @Test
    void whenAnIssuerIsSlowThenManySignInAtOnce() {
        // Two threads cannot be the first to use what Mutiny takes contexts with
        assertEquals("{\"keys\":[]}", await(http.get(at("/others"))));
        CountDownLatch there = new CountDownLatch(IssuerHttp.CONNECTIONS);
        issuer.serve("/token", exchange -> {
            there.countDown();
            StandInIssuer.send(exchange, isThere(there) ? 200 : 503, "{}");
        });
        List<Integer> statuses = AtOnce.all(IssuerHttp.CONNECTIONS, i -> await(http.post(at("/token"), "", "code=x"))
                .status());
        assertEquals(Collections.nCopies(IssuerHttp.CONNECTIONS, 200), statuses);
    }

    private static boolean isThere(CountDownLatch all) {
        try {
            return all.await(9, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
