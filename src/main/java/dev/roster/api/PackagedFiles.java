package dev.roster.api;

import dev.roster.platform.http.AnswerBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves Swagger UI, and style and logo of the pages, from memory. The handlers of Quarkus have Vert.x write such files to
 * a folder first, which an image with a read-only file system has not.
 */
@Singleton
public class PackagedFiles {
    // Where the build puts them; tests and the development mode have them elsewhere, and Quarkus serves them
    private static final String SWAGGER_UI =
            "META-INF/io.smallrye_smallrye-open-api-ui__jar/META-INF/resources/openapi-ui/";

    private static final String ASSETS = "META-INF/resources/assets/";

    // Before the handler of Quarkus
    private static final int EARLIER = -1;

    private final Map<String, Buffer> files = new ConcurrentHashMap<>();

    void register(@Observes Router router) {
        serve(router, "/q/swagger-ui/", SWAGGER_UI);
        serve(router, "/assets/", ASSETS);
    }

    private void serve(Router router, String at, String folder) {
        router.routeWithRegex(at + "(?<file>[a-zA-Z0-9-]*(?:[.][a-z0-9]+)*)")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(EARLIER)
                .handler(request -> {
                    String file = request.pathParam("file");
                    serve(request, folder + (file.isEmpty() ? "index.html" : file));
                });
    }

    private void serve(RoutingContext request, String file) {
        Buffer known = files.get(file);
        if (known != null) {
            send(request, file, known);
            return;
        }
        request.vertx()
                .executeBlocking(() -> read(file), false)
                .onSuccess(content -> {
                    if (content == null) {
                        request.next();
                    } else {
                        files.put(file, content);
                        send(request, file, content);
                    }
                })
                .onFailure(request::fail);
    }

    private static Buffer read(String file) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream content = loader.getResourceAsStream(file)) {
            return content == null ? null : Buffer.buffer(content.readAllBytes());
        }
    }

    private static void send(RoutingContext request, String file, Buffer content) {
        String type = Objects.requireNonNullElse(typeOf(file), "application/octet-stream");
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type.startsWith("text/") ? type + ";charset=utf-8" : type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
        AnswerBody.end(request, content);
    }

    // Browsers show no Markdown
    private static String typeOf(String file) {
        return file.endsWith(".md") ? "text/plain" : MimeMapping.getMimeTypeForFilename(file);
    }
}
