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
import java.time.Duration;

/** Asks other issuers, which may be slow, huge or away; follows no redirect. */
@ApplicationScoped
class IssuerHttp {

    /** No answer is read further: large providers publish a dozen keys with certificates, some 20 KB. */
    static final int LARGEST = 256 * 1024;

    // To one host; the wait for one counts as the wait for the answer. A morning of sign-ins at an issuer that takes
    // a second, beside its metadata and its keys, each read once at a time
    static final int CONNECTIONS = 50;

    // Requests wait for the first keys of an issuer; longer than this none should.
    private static final Duration TO_READ = Duration.ofSeconds(3);

    // A person waits, and the code is used up: better late than once more
    private static final Duration TO_SIGN_IN = Duration.ofSeconds(10);

    private final HttpClient http;

    IssuerHttp(Vertx vertx) {
        http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) TO_READ.toMillis())
                .setMaxPoolSize(CONNECTIONS)
                .setKeepAlive(false));
    }

    /** An answer of whatever status. */
    record Answer(int status, String body) {
        @Override
        public String toString() {
            return "Answer[" + status + "]"; // there may be a token in it
        }
    }

    /** A document in JSON; fails for every status but 200. */
    Uni<String> get(URI url) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .putHeader("Accept", "application/jwk-set+json, application/json");
        return exchange(options, null, TO_READ).map(answer -> {
            if (answer.status() != 200) {
                throw new IssuerFailure("status " + answer.status());
            }
            return answer.body();
        });
    }

    /**
     * Sends a form.
     *
     * @param authorization of the client; empty where it stands in the form
     */
    Uni<Answer> post(URI url, String authorization, String form) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .putHeader("Content-Type", "application/x-www-form-urlencoded")
                .putHeader("Accept", "application/json");
        if (!authorization.isEmpty()) {
            options.putHeader("Authorization", authorization);
        }
        return exchange(options, Buffer.buffer(form), TO_SIGN_IN);
    }

    // What is given up leaves the queue for a connection, or gives back one that comes too late: few are open to a host
    private Uni<Answer> exchange(RequestOptions options, Buffer body, Duration within) {
        return Uni.createFrom().deferred(() -> {
            Future<HttpClientRequest> asked = http.request(options.setConnectTimeout(within.toMillis()));
            return Uni.createFrom()
                    .completionStage(asked.toCompletionStage())
                    .chain(request -> exchange(request, body))
                    .ifNoItem()
                    .after(within)
                    .failWith(() -> new IOException("no answer in time"))
                    .onTermination()
                    .invoke(() -> asked.onSuccess(HttpClientRequest::reset)); // does nothing after the end of an answer
        });
    }

    private static Uni<Answer> exchange(HttpClientRequest request, Buffer body) {
        return Uni.createFrom().completionStage(() -> (body == null ? request.send() : request.send(body))
                .compose(IssuerHttp::answer)
                .toCompletionStage());
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer received = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.endHandler(end -> answer.tryComplete(new Answer(response.statusCode(), received.toString())));
        response.handler(part -> {
            if (received.length() + part.length() > LARGEST) {
                answer.tryFail(new IOException("more than " + LARGEST + " bytes"));
            } else {
                received.appendBuffer(part);
            }
        });
        return answer.future();
    }
}
