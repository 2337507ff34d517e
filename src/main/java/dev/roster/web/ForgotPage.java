package dev.roster.web;

import dev.roster.access.reset.ResetRequests;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.http.SmallBody;
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

    ForgotPage(Pages pages, ResetRequests requests) {
        this.pages = pages;
        this.requests = requests;
    }

    @GET
    @PermitAll
    public Response show(
            @Context RoutingContext request,
            @DefaultValue("") @QueryParam("login_hint") String hint,
            @DefaultValue(SignInPage.DEFAULT_ORGANIZATION) @QueryParam("organization") String organization) {
        if (!requests.arePossible()) {
            AccountMessages own = Language.of(request).accountMessages();
            return said(request, organization, own.forgot(), own.no_mail());
        }
        return show(
                request,
                200,
                Pages.filledIn(organization, SignInForm.ORGANIZATION),
                Pages.filledIn(hint, SignInForm.NAME),
                "");
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> ask(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom().deferred(() -> {
            Form form = pages.form(request, body);
            String organization = form.get("organization").orElse(SignInPage.DEFAULT_ORGANIZATION);
            String name = form.get("name").orElse("");
            Messages messages = Language.of(request).messages();
            AccountMessages own = Language.of(request).accountMessages();
            if (name.isBlank()) {
                return Uni.createFrom().item(show(request, 422, organization, name, messages.required()));
            }
            return Refusals.said(
                    () -> requests.request(organization, name, CallerAddress.of(request))
                            .map(taken -> said(request, organization, own.mail_sent(), own.mail_sent_text())),
                    refused -> {
                        String error = Refusals.ofRequest(refused, own);
                        Response again = show(request, Refusals.status(refused), organization, name, error);
                        return Refusals.withWait(again, refused);
                    });
        });
    }

    private Response show(RoutingContext request, int status, String organization, String name, String error) {
        return pages.show(request, status, page -> Templates.forgot(page, organization, name, error));
    }

    private Response said(RoutingContext request, String organization, String title, String text) {
        String to = Language.of(request).messages().sign_in();
        String signIn = "/signin?organization=" + Pages.encoded(organization);
        return pages.show(request, 200, page -> Templates.said(page, title, text, signIn, to));
    }
}
