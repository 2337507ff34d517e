package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
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
    private final BrowserSessions browsers;
    private final SignIns signIns;
    private final FederatedSignIns federated;
    private final RememberedOrganization remembered;
    private final DoneNotice notice;

    SignInPage(
            Pages pages,
            BrowserSessions browsers,
            SignIns signIns,
            FederatedSignIns federated,
            RememberedOrganization remembered,
            DoneNotice notice) {
        this.notice = notice;
        this.remembered = remembered;
        this.pages = pages;
        this.browsers = browsers;
        this.signIns = signIns;
        this.federated = federated;
    }

    @GET
    @PermitAll
    public Uni<Response> show(
            @Context RoutingContext request,
            @QueryParam("continue") String continueTo,
            @DefaultValue("") @QueryParam("login_hint") String hint,
            @DefaultValue("") @QueryParam("max_age") String maxAge,
            @DefaultValue("") @QueryParam("prompt") String prompt,
            @QueryParam("organization") String linked) {
        String organization = remembered.wanted(request, linked);
        WayIn way = new WayIn(
                organization,
                Pages.filledIn(hint, SignInForm.NAME),
                WayIn.way(continueTo),
                maxAge,
                WayIn.choice(prompt));
        Uni<Optional<BrowserSession>> present =
                way.asksForSignIn() ? Uni.createFrom().item(Optional.empty()) : browsers.of(request);
        return present.map(found -> found.filter(session ->
                                !session.caller().mustChangePassword() && isOf(session, linked, organization))
                        .map(session -> signedIn(request, session, way))
                        .orElseGet(() -> form(request, way)))
                .map(page -> remembered.keep(page, linked));
    }

    private static boolean isOf(BrowserSession session, String linked, String organization) {
        return linked == null || organization.equals(session.caller().organization());
    }

    /** In place of a form that would end what the person is signed in with, and asks it for nothing new. */
    private Response signedIn(RoutingContext request, BrowserSession session, WayIn way) {
        return notice.said(
                request,
                done -> pages.show(request, 200, page -> Templates.signedin(page, session, way.continueTo(), done)));
    }

    private Response form(RoutingContext request, WayIn way) {
        SignInForm form = new SignInForm(way, "", federated.offers(way.organization()));
        return notice.said(request, done -> pages.show(request, 200, page -> Templates.signin(page, form, done)));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> signIn(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom().deferred(() -> {
            Form form;
            try {
                form = pages.form(request, body);
            } catch (FormRefused refused) {
                return Uni.createFrom().item(again(request, body, refused));
            }
            return Refusals.said(
                    () -> signIns.signIn(proof(request, form))
                            .chain(token -> pages.onward(request, token, next(form, token))),
                    refused -> refused(request, form, refused));
        });
    }

    private static PasswordSignIn proof(RoutingContext request, Form form) {
        TypedAccount typed = TypedAccount.of(form);
        return new PasswordSignIn(
                typed.organization(),
                typed.name(),
                form.get("password").orElse(""),
                Optional.empty(),
                Origin.of(request));
    }

    private static String next(Form form, AccessToken token) {
        String next = WayIn.way(form.get("continue").orElse(null));
        boolean expired = Arrays.asList(token.scope().split(" ", -1)).contains(Scope.PASSWORD_CHANGE);
        return expired ? PasswordPage.before(next) : next;
    }

    private Response refused(RoutingContext request, Form form, RosterException refused) {
        String error = Refusals.ofPassword(refused, Language.of(request).messages());
        return Refusals.withWait(show(request, Refusals.status(refused), form, error), refused);
    }

    /** The form once more, with all but the password. */
    private Response again(RoutingContext request, byte[] body, FormRefused refused) {
        if (!refused.isOutdated()) {
            throw refused;
        }
        String error = Language.of(request).messages().form_again();
        return show(request, refused.code().status(), Pages.parse(body), error);
    }

    private Response show(RoutingContext request, int status, Form form, String error) {
        WayIn way = WayIn.of(form);
        SignInForm again = new SignInForm(way, error, federated.offers(way.organization()));
        return pages.show(request, status, page -> Templates.signin(page, again, ""));
    }
}
