package dev.roster.web;

import dev.roster.access.reset.ResetRequests;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.http.SmallBody;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Asks for a new password; what it answers is the same whoever is named. */
@Path(ForgotPage.PATH)
public class ForgotPage {
    static final String PATH = "/password/forgot";

    private final Pages pages;
    private final ResetRequests requests;
    private final RememberedOrganization remembered;

    ForgotPage(Pages pages, ResetRequests requests, RememberedOrganization remembered) {
        this.remembered = remembered;
        this.pages = pages;
        this.requests = requests;
    }

    @GET
    @PermitAll
    @NonBlocking
    public Response show(
            @Context RoutingContext request,
            @QueryParam("continue") String continueTo,
            @DefaultValue("") @QueryParam("login_hint") String hint,
            @DefaultValue("") @QueryParam("max_age") String maxAge,
            @DefaultValue("") @QueryParam("prompt") String prompt,
            @QueryParam("organization") String linked) {
        String organization = remembered.wanted(request, linked);
        AccountMessages own = Language.of(request).accountMessages();
        WayIn asked = new WayIn(
                organization,
                Pages.filledIn(hint, SignInForm.NAME),
                WayIn.way(continueTo),
                maxAge,
                WayIn.choice(prompt));
        Response page = requests.arePossible()
                ? show(request, 200, asked, "")
                : said(request, asked, own.forgot(), own.no_mail());
        return remembered.keep(page, linked);
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> ask(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom().deferred(() -> {
            Form form = pages.form(request, body);
            WayIn typed = WayIn.of(form);
            Messages messages = Language.of(request).messages();
            AccountMessages own = Language.of(request).accountMessages();
            if (typed.name().isEmpty()) {
                return Uni.createFrom().item(show(request, 422, typed, messages.required()));
            }
            return Refusals.said(
                    () -> requests.request(typed.organization(), typed.name(), CallerAddress.of(request))
                            .map(taken -> said(request, typed, own.mail_sent(), own.mail_sent_text())),
                    refused -> {
                        String error = Refusals.ofRequest(refused, own);
                        Response again = show(request, Refusals.status(refused), typed, error);
                        return Refusals.withWait(again, refused);
                    });
        });
    }

    private Response show(RoutingContext request, int status, WayIn typed, String error) {
        return pages.show(request, status, page -> Templates.forgot(page, typed, error));
    }

    private Response said(RoutingContext request, WayIn typed, String title, String text) {
        String to = Language.of(request).messages().sign_in();
        return pages.said(request, 200, title, text, typed.signInPath(), to);
    }
}
