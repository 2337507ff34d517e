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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of other issuers, over real HTTP. */
@Beside
class IssuerHttpTest {
    // Thrice as many as have a connection to one host
    private static final int MANY = 15;

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

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
