package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.grant.Authorizations;
import dev.roster.access.grant.RegisteredApplication;
import dev.roster.access.openid.IdTokenHint;
import dev.roster.access.openid.IdTokens;
import dev.roster.access.session.Sessions;
import dev.roster.access.session.SignOut;
import dev.roster.access.token.OAuthError;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Signs a person out at the wish of an application (OpenID Connect RP-Initiated Logout). An ID token of that person proves
 * the wish; without one the person is asked, as any site can send a browser here.
 */
@Path(LogoutPage.PATH)
public class LogoutPage {
    static final String PATH = "/oauth2/logout";

    private final Pages pages;
    private final BrowserSessions browsers;
    private final BrowserCookie cookie;
    private final Authorizations applications;
    private final IdTokens idTokens;
    private final Sessions sessions;
    private final SentAsForm forms;
    private final RememberedOrganization organization;

    LogoutPage(
            Pages pages,
            BrowserSessions browsers,
            BrowserCookie cookie,
            Authorizations applications,
            IdTokens idTokens,
            Sessions sessions,
            SentAsForm forms,
            RememberedOrganization organization) {
        this.organization = organization;
        this.pages = pages;
        this.browsers = browsers;
        this.cookie = cookie;
        this.applications = applications;
        this.idTokens = idTokens;
        this.sessions = sessions;
        this.forms = forms;
    }

    /**
     * What is wished for.
     *
     * @param query as it came, for the form that asks
     * @param clientId empty where the application does not say who it is
     * @param confirmed whether the person has said so itself
     */
    private record Wish(
            RoutingContext request,
            String query,
            Form parameters,
            Optional<IdTokenHint> hint,
            Optional<String> clientId,
            boolean confirmed) {}

    @GET
    @PermitAll
    public Uni<Response> logout(@Context RoutingContext request) {
        String query = request.request().query();
        return answer(request, query == null ? "" : query, false);
    }

    /** The form that asks; or a wish that an application sends as a form, which goes on as a query. */
    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> confirm(@Context RoutingContext request, byte[] body) {
        return forms.answer(
                request, PATH, body, form -> answer(request, form.get("query").orElse(""), true));
    }

    private Uni<Response> answer(RoutingContext request, String query, boolean confirmed) {
        Form parameters;
        try {
            parameters = Form.parse(query.getBytes(StandardCharsets.UTF_8));
        } catch (OAuthError repeatedOrMalformed) {
            return Uni.createFrom().item(forms.refused(request));
        }
        Optional<IdTokenHint> hint = parameters.get("id_token_hint").flatMap(idTokens::read);
        Optional<String> named = parameters.get("client_id");
        Optional<String> hinted = hint.map(IdTokenHint::clientId);
        if (named.isPresent() && hinted.isPresent() && !named.equals(hinted)) {
            return Uni.createFrom().item(forms.refused(request));
        }
        Wish wish = new Wish(request, query, parameters, hint, named.or(() -> hinted), confirmed);
        return applications.find(wish.clientId().orElse("")).chain(application -> answer(wish, application));
    }

    private Uni<Response> answer(Wish wish, Optional<RegisteredApplication> application) {
        Optional<String> uri = wish.parameters().get("post_logout_redirect_uri");
        boolean known = uri.isEmpty()
                || application
                        .filter(one -> one.postLogoutRedirectUris().contains(uri.get()))
                        .isPresent();
        return known
                ? browsers.of(wish.request()).chain(browser -> answer(wish, application, browser))
                : Uni.createFrom().item(forms.refused(wish.request()));
    }

    private Uni<Response> answer(
            Wish wish, Optional<RegisteredApplication> application, Optional<BrowserSession> browser) {
        boolean proven = wish.hint()
                .filter(hint -> browser.isEmpty() || browser.get().userId().equals(hint.userId()))
                .isPresent();
        if (browser.isPresent() && !proven && !wish.confirmed()) {
            return Uni.createFrom()
                    .item(pages.show(wish.request(), 200, page -> Templates.logout(page, browser.get(), wish.query())));
        }
        return signOut(wish, application, browser, proven)
                .map(done -> organization.keep(
                        Response.fromResponse(signedOut(wish))
                                .cookie(cookie.noSession())
                                .build(),
                        browser.map(session -> session.caller().organization()).orElse(null)));
    }

    private Uni<Void> signOut(
            Wish wish, Optional<RegisteredApplication> application, Optional<BrowserSession> browser, boolean proven) {
        Optional<IdTokenHint> hint = wish.hint().filter(one -> proven);
        if (browser.isEmpty() && (hint.isEmpty() || application.isEmpty())) {
            return Uni.createFrom().voidItem();
        }
        Optional<RegisteredApplication> own = application.filter(
                one -> browser.isEmpty() || browser.get().organizationId().equals(one.organizationId()));
        return sessions.signOut(new SignOut(
                browser.map(BrowserSession::organizationId)
                        .or(() -> own.map(RegisteredApplication::organizationId))
                        .orElseThrow(),
                browser.map(BrowserSession::userId)
                        .or(() -> hint.map(IdTokenHint::userId))
                        .orElseThrow(),
                browser.map(BrowserSession::sessionId).orElse(null),
                own.map(RegisteredApplication::id).orElse(null),
                own.flatMap(one -> wish.clientId()).orElse(null),
                hint.map(IdTokenHint::sessionId).orElse(null)));
    }

    /** Back to the application, by a page where a form has led here; see {@link Pages#onward}. */
    private Response signedOut(Wish wish) {
        String to = wish.parameters()
                .get("post_logout_redirect_uri")
                .map(uri -> uri + state(uri, wish.parameters()))
                .orElse("");
        return to.isEmpty() || wish.confirmed()
                ? pages.show(wish.request(), 200, page -> Templates.signedout(page, to))
                : Pages.seeOther(to).build();
    }

    private static String state(String uri, Form parameters) {
        return parameters
                .get("state")
                .map(state -> (uri.indexOf('?') < 0 ? "?" : "&") + "state=" + Pages.encoded(state))
                .orElse("");
    }
}
