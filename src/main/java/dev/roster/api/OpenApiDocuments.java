package dev.roster.api;

import dev.roster.platform.http.AnswerBody;
import dev.roster.platform.http.RouteOrder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lists the OpenAPI documents at {@code /q/openapi}: one for each contract, by its name. */
@Singleton
public class OpenApiDocuments {
    private final JsonObject list;

    OpenApiDocuments(@ConfigProperty(name = "quarkus.swagger-ui.urls") Map<String, String> urls) {
        JsonArray documents = new JsonArray();
        new TreeMap<>(urls)
                .forEach((name, url) ->
                        documents.add(new JsonObject().put("name", name).put("url", url)));
        list = new JsonObject().put("documents", documents);
    }

    void register(@Observes Router router) {
        // YAML or JSON. A filter of the framework would look for the path before the rules of requests
        router.route("/q/openapi/*").order(RouteOrder.CROSS_ORIGIN).handler(request -> {
            request.response().putHeader(HttpHeaders.VARY, "Accept");
            request.next();
        });
        router.route("/q/openapi")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(request -> {
                    request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
                    AnswerBody.end(request, list.toBuffer());
                });
    }
}
