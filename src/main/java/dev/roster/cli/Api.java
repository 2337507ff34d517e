package dev.roster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Calls a service over HTTP, and waits for its answers on the thread of the command. */
final class Api implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int CONNECT_MILLISECONDS = 10_000;

    // A service gives itself ten seconds for a request that is no list
    private static final int LONGEST_MILLISECONDS = 60_000;

    // A service closes a connection on which nothing goes either way for 75 seconds, and gives signs of life before
    private static final int SILENT_MILLISECONDS = 300_000;

    // Nothing is unpacked; the properties that say so are read while an image is built
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLISECONDS).setDecompressionSupported(true));
    private final String url;
    private final int longest;
    private final int silent;
    private String token;

    Api(String url) {
        this(url, LONGEST_MILLISECONDS, SILENT_MILLISECONDS);
    }

    /**
     * One with limits of its own, in milliseconds.
     *
     * @param longest that an answer with one value may take
     * @param silent for how long nothing may be heard in a call of any length
     */
    Api(String url, int longest, int silent) {
        this.url = url;
        this.longest = longest;
        this.silent = silent;
    }

    void useToken(String value) {
        token = value;
    }

    /**
     * A token of a client (RFC 6749 section 4.4).
     *
     * @param scope empty takes all that is usual
     */
    String grant(String client, String secret, String scope) {
        String credentials = Base64.getEncoder()
                .encodeToString((encoded(client) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
        RequestOptions options = options(HttpMethod.POST, "/oauth2/token")
                .putHeader("Authorization", "Basic " + credentials)
                .putHeader("Content-Type", "application/x-www-form-urlencoded");
        String asked = scope.isEmpty() ? "" : "&scope=" + encoded(scope);
        String granted = json(options, Buffer.buffer("grant_type=client_credentials" + asked))
                .path("access_token")
                .asText("");
        if (granted.isEmpty()) {
            throw new CallFailed(url + " answered without an access token.");
        }
        return granted;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return json(authorized(HttpMethod.GET, path), null);
    }

    JsonNode send(HttpMethod method, String path, JsonNode body) {
        RequestOptions options = authorized(method, path);
        return body == null
                ? json(options, null)
                : json(options.putHeader("Content-Type", "application/json"), Buffer.buffer(body.toString()));
    }

    /**
     * Gives away an answer of any length, as fast as it is taken.
     *
     * @param count is told before how many items are in it, or 0 where the service does not say
     */
    void download(String path, String accept, LongConsumer count, Consumer<byte[]> pieces) {
        RequestOptions options = authorized(HttpMethod.GET, path).putHeader("Accept", accept);
        try (LongCall call = new LongCall(vertx, silent)) {
            await(call.end(
                    http.request(options).compose(HttpClientRequest::send).compose(response -> {
                        if (response.statusCode() >= 300) {
                            return Answers.refused(response);
                        }
                        if (!String.valueOf(response.getHeader("Content-Type")).startsWith(accept)) {
                            return Future.failedFuture(new CallFailed(url + " answered what is no " + accept + "."));
                        }
                        count.accept(Answers.count(response));
                        response.handler(call.taking(piece -> pieces.accept(piece.getBytes())));
                        return response.end();
                    })));
        }
    }

    /**
     * Sends a file, or what comes from a pipe, whose answer is read line by line meanwhile.
     *
     * @param sent is told how many bytes have left
     */
    void upload(String path, Map<String, String> headers, Path file, Consumer<String> lines, LongConsumer sent) {
        RequestOptions options = authorized(HttpMethod.POST, path);
        headers.forEach(options::putHeader);
        try (SentFile source = SentFile.open(file)) {
            byte[] first = source.first();
            try (LongCall call = new LongCall(vertx, silent)) {
                await(call.end(http.request(options).compose(request -> {
                    Future<Void> answer = request.response().compose(response -> answer(response, call, lines));
                    pump(first, source, request.setChunked(true), call, sent);
                    return answer;
                })));
            }
        }
    }

    private Future<Void> answer(HttpClientResponse response, LongCall call, Consumer<String> lines) {
        if (response.statusCode() >= 300) {
            return Answers.refused(response);
        }
        Promise<Void> over = Promise.promise();
        RecordParser parser = RecordParser.newDelimited("\n", response);
        parser.exceptionHandler(over::tryFail);
        parser.endHandler(end -> over.tryComplete());
        parser.handler(call.taking(line -> lines.accept(line.toString(StandardCharsets.UTF_8))));
        return over.future();
    }

    /** As fast as it is taken; a file or a pipe blocks who reads it, which is no event loop. */
    private void pump(byte[] piece, SentFile source, HttpClientRequest request, LongCall call, LongConsumer sent) {
        request.write(Buffer.buffer(piece))
                .onSuccess(written -> {
                    call.hold();
                    sent.accept(piece.length);
                })
                // Before the request is broken off for it: that it was is no reason
                .compose(written -> vertx.executeBlocking(source::next)
                        .onComplete(read -> call.goOn())
                        .onFailure(call::fail))
                .onSuccess(next -> {
                    if (next.length == 0) {
                        request.end();
                    } else {
                        pump(next, source, request, call, sent);
                    }
                })
                .onFailure(failure -> request.reset());
    }

    private RequestOptions authorized(HttpMethod method, String path) {
        return options(method, path).putHeader("Authorization", "Bearer " + token);
    }

    private RequestOptions options(HttpMethod method, String path) {
        return new RequestOptions().setMethod(method).setAbsoluteURI(url + path);
    }

    private JsonNode json(RequestOptions options, Buffer body) {
        return await(http.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.statusCode() >= 300
                        ? Answers.refused(response)
                        : response.body().map(answer -> Answers.json(url, answer)))
                .timeout(longest, TimeUnit.MILLISECONDS));
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new CallFailed("ended");
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof CallFailed refused) {
                throw refused;
            }
            throw new CallFailed(
                    failure.getCause() instanceof TimeoutException
                            ? url + " does not answer."
                            : url + ": " + CallFailed.why(failure.getCause()));
        }
    }

    @Override
    public void close() {
        http.close();
        vertx.close();
    }
}
