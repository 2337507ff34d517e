package dev.roster.access.federation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Gets the key sets of other issuers, which may be slow, huge or away. */
@ApplicationScoped
class KeySetSource {

    // Requests wait for the first keys of an issuer; longer than this none should.
    private static final Duration TIME_OUT = Duration.ofSeconds(3);

    // Large providers publish a dozen keys with certificates, some 20 KB.
    private static final int LARGEST = 256 * 1024;

    private final Vertx vertx;
    private final HttpClient http;

    KeySetSource(Vertx vertx) {
        this.vertx = vertx;
        http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) TIME_OUT.toMillis())
                .setKeepAlive(false));
    }

    /** The key set of an issuer in JSON. */
    Uni<String> read(TrustedIssuer issuer) {
        return issuer.keysAt()
                .map(this::fetch)
                .orElseGet(() -> load(issuer.keysIn().orElseThrow()));
    }

    private Uni<String> fetch(URI url) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .putHeader("Accept", "application/jwk-set+json, application/json");
        return Uni.createFrom()
                .completionStage(() -> http.request(options).toCompletionStage())
                .chain(KeySetSource::exchange)
                .ifNoItem()
                .after(TIME_OUT)
                .failWith(() -> new IOException("no answer in time"));
    }

    private static Uni<String> exchange(HttpClientRequest request) {
        return Uni.createFrom()
                .completionStage(
                        () -> request.send().compose(KeySetSource::body).toCompletionStage())
                .onTermination()
                .invoke(() -> request.reset()); // does nothing after the end of an answer
    }

    private static Future<String> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(new IOException("status " + response.statusCode()));
        }
        Promise<String> body = Promise.promise();
        Buffer received = Buffer.buffer();
        response.exceptionHandler(body::tryFail);
        response.endHandler(end -> body.tryComplete(received.toString()));
        response.handler(part -> {
            if (received.length() + part.length() > LARGEST) {
                body.tryFail(new IOException("more than " + LARGEST + " bytes"));
            } else {
                received.appendBuffer(part);
            }
        });
        return body.future();
    }

    private Uni<String> load(Path file) {
        return Uni.createFrom().completionStage(() -> vertx.executeBlocking(() -> readLimited(file))
                .toCompletionStage());
    }

    private static String readLimited(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("more than " + LARGEST + " bytes");
        }
        return Files.readString(file);
    }
}
