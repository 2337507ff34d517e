package dev.roster.web;

import dev.roster.access.federation.FederatedSignIns;
import dev.roster.access.password.PasswordSignIn;
import dev.roster.access.password.SignIns;
import dev.roster.access.token.AccessToken;
import dev.roster.api.oauth2.Form;
import dev.roster.caller.Scope;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
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
import java.util.Arrays;
import java.util.Optional;

/** Signs persons in, in their browser. */
@Path("/signin")
public class SignInPage {
    static final String DEFAULT_ORGANIZATION = "default";

    private final Pages pages;
    private final SignIns signIns;
    private final FederatedSignIns federated;

    SignInPage(Pages pages, SignIns signIns, FederatedSignIns federated) {
        this.pages = pages;
        this.signIns = signIns;
        this.federated = federated;
    }

    @GET
    @PermitAll
    public Response show(
            @Context RoutingContext request,
            @QueryParam("continue") String continueTo,
            @DefaultValue("") @QueryParam("login_hint") String hint,
            @DefaultValue("") @QueryParam("max_age") String maxAge,
            @DefaultValue("") @QueryParam("prompt") String prompt,
            @DefaultValue(DEFAULT_ORGANIZATION) @QueryParam("organization") String organization) {
        SignInForm form = new SignInForm(
                LocalPath.of(continueTo, AccountPage.PATH),
                Pages.filledIn(organization, SignInForm.ORGANIZATION),
                Pages.filledIn(hint, SignInForm.NAME),
                "",
                maxAge,
                prompt.equals(SignInForm.CHOICE) ? prompt : "",
                federated.offers(organization));
        return pages.show(request, 200, page -> Templates.signin(page, form));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> signIn(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom().deferred(() -> {
            Form form = pages.form(request, body);
            return Refusals.said(
                    () -> signIns.signIn(proof(request, form))
                            .call(() -> pages.endBefore(request))
                            .chain(token -> pages.onward(request, token, next(form, token))),
                    refused -> refused(request, form, refused));
        });
    }

    private static PasswordSignIn proof(RoutingContext request, Form form) {
        return new PasswordSignIn(
                form.get("organization").orElse(DEFAULT_ORGANIZATION),
                form.get("name").orElse(""),
                form.get("password").orElse(""),
                Optional.empty(),
                Origin.of(request));
    }

    private static String next(Form form, AccessToken token) {
        String next = LocalPath.of(form.get("continue").orElse(null), AccountPage.PATH);
        boolean expired = Arrays.asList(token.scope().split(" ", -1)).contains(Scope.PASSWORD_CHANGE);
        return expired ? PasswordPage.PATH + "?continue=" + Pages.encoded(next) : next;
    }

    private Response refused(RoutingContext request, Form form, RosterException refused) {
        String organization = form.get("organization").orElse(DEFAULT_ORGANIZATION);
        SignInForm again = new SignInForm(
                LocalPath.of(form.get("continue").orElse(null), AccountPage.PATH),
                organization,
                form.get("name").orElse(""),
                Refusals.ofPassword(refused, Language.of(request).messages()),
                form.get("max_age").orElse(""),
                form.get("prompt").filter(SignInForm.CHOICE::equals).orElse(""),
                federated.offers(organization));
        Response page = pages.show(request, Refusals.status(refused), shown -> Templates.signin(shown, again));
        return Refusals.withWait(page, refused);
    }
}
