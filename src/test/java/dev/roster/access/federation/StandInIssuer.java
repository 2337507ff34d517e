package dev.roster.access.federation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;

/** Publishes key sets over real HTTP, well or badly, one for each path. */
final class StandInIssuer {

    /** How the keys of a path are answered. */
    enum Mood {
        WELL,
        FAILING,
        SILENT,
        ENDLESS,
        GARBAGE,
        EMPTY,
        MOVED
    }

    private final HttpServer server;
    private final Map<String, List<PublicJsonWebKey>> keys = new ConcurrentHashMap<>();
    private final Map<String, Mood> moods = new ConcurrentHashMap<>();
    private final Map<String, HttpHandler> others = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

    /** Starts on a port of the loopback address. */
    StandInIssuer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "stand-in-issuer");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    void stop() {
        server.stop(0);
    }

    void publish(String path, PublicJsonWebKey... published) {
        keys.put(path, List.of(published));
    }

    /** Answers a path in another way, while it does well. */
    void serve(String path, HttpHandler answer) {
        others.put(path, answer);
    }

    void turn(String path, Mood mood) {
        moods.put(path, mood);
    }

    int requests(String path) {
        return requests.getOrDefault(path, new AtomicInteger()).get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.computeIfAbsent(path, first -> new AtomicInteger()).incrementAndGet();
        try (exchange) {
            switch (moods.getOrDefault(path, Mood.WELL)) {
                case WELL ->
                    others.getOrDefault(path, keys -> send(keys, 200, json(path)))
                            .handle(exchange);
                case FAILING -> send(exchange, 500, "{\"keys\":[]}");
                case GARBAGE -> send(exchange, 200, "<html>");
                case EMPTY -> send(exchange, 200, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}");
                case MOVED -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    send(exchange, 302, "");
                }
                case ENDLESS -> sendWithoutEnd(exchange);
                case SILENT -> new CountDownLatch(1).await(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String json(String path) {
        return new JsonWebKeySet(keys.getOrDefault(path, List.of())).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void sendWithoutEnd(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] part = " ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(part);
        }
    }
}
