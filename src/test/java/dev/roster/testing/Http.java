package dev.roster.testing;

import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Sends requests at once, each over a connection of its own, to the service under test. */
public final class Http {
    // Far above any answer; a request that takes this long hangs.
    private static final Duration HANGS = Duration.ofSeconds(60);

    private static final int BUSY = 503;
    private static final int TRIES = 10;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /** A request with a JSON body; null for one without. */
    public static HttpRequest request(String token, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = to(path).header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return body == null
                ? request.method(method, HttpRequest.BodyPublishers.noBody()).build()
                : request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
    }

    /** A request with a form. */
    public static HttpRequest form(String path, String form, String... headers) {
        HttpRequest.Builder request = to(path).header("Content-Type", "application/x-www-form-urlencoded");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(form)).build();
    }

    /** A client's request for a token with these scopes, or all of its role. */
    public static HttpRequest grant(String clientId, String secret, String... scopes) {
        String form =
                "grant_type=client_credentials" + (scopes.length == 0 ? "" : "&scope=" + String.join("+", scopes));
        String credentials =
                Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return form("/oauth2/token", form, "Authorization", "Basic " + credentials);
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .timeout(HANGS);
    }

    /** The answer to one request. */
    public static HttpResponse<String> send(HttpRequest request) {
        return sendAtOnce(List.of(request)).get(0);
    }

    /** The answer to one request. As a client does, sends again what the service was too busy for. */
    public static HttpResponse<String> sendUntilServed(HttpRequest request) {
        return untilServed(() -> send(request), HttpResponse::statusCode);
    }

    /** The same, however it is sent. */
    public static <T> T untilServed(Supplier<T> request, ToIntFunction<T> status) {
        T answer = request.get();
        for (int tries = 1; status.applyAsInt(answer) == BUSY && tries < TRIES; tries++) {
            answer = request.get();
        }
        return answer;
    }

    /** The answers to requests that are sent at once, in their order. */
    public static List<CompletableFuture<HttpResponse<String>>> begin(List<HttpRequest> requests) {
        return requests.stream()
                .map(request -> CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        // That of a request ends with the head of its answer
                        .orTimeout(2 * HANGS.toSeconds(), TimeUnit.SECONDS))
                .toList();
    }

    /** The answers in the order of the requests. */
    public static List<HttpResponse<String>> sendAtOnce(List<HttpRequest> requests) {
        return begin(requests).stream().map(CompletableFuture::join).toList();
    }

    /**
     * The statuses in the order of the requests. As a client does, sends again what the service was
     * too busy for.
     */
    public static List<Integer> statusesAtOnce(List<HttpRequest> requests) {
        List<Integer> statuses = new ArrayList<>(
                sendAtOnce(requests).stream().map(HttpResponse::statusCode).toList());
        for (int i = 0; i < statuses.size(); i++) {
            if (statuses.get(i) == BUSY) {
                statuses.set(i, sendUntilServed(requests.get(i)).statusCode());
            }
        }
        return statuses;
    }
}
