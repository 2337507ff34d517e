package dev.roster.web;

import dev.roster.organization.FirstBrand;
import dev.roster.platform.http.AnswerBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;

/** Says at {@code /} what this is; programs find nothing there, as before. */
@Singleton
public class StartPage {
    private final FirstBrand brand;

    StartPage(FirstBrand brand) {
        this.brand = brand;
    }

    void register(@Observes Router router) {
        router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::show);
    }

    private void show(RoutingContext request) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        if (!request.request().path().equals("/") || accepted == null || !accepted.contains("text/html")) {
            request.next();
            return;
        }
        Language language = Language.of(request);
        String text = Pages.text(language, Templates.start(new PageFrame(language.tag(), brand.get(), "")));
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, Pages.HTML)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .putHeader(HttpHeaders.VARY, "Accept, Accept-Language");
        AnswerBody.end(request, Buffer.buffer(text));
    }
}
