package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Signs a browser out. */
@Path("/signout")
public class SignOutPage {
    private static final String CONTINUE = "continue";

    private final Pages pages;
    private final BrowserSessions browsers;
    private final BrowserCookie cookie;
    private final RememberedOrganization organization;
    private final DoneNotice notice;

    SignOutPage(
            Pages pages,
            BrowserSessions browsers,
            BrowserCookie cookie,
            RememberedOrganization organization,
            DoneNotice notice) {
        this.notice = notice;
        this.pages = pages;
        this.browsers = browsers;
        this.cookie = cookie;
        this.organization = organization;
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> signOut(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom().item(() -> pages.form(request, body)).chain(form -> browsers.of(request)
                .chain(found -> found.filter(session -> !Pages.isFor(form, session))
                        .map(other -> Uni.createFrom()
                                .item(pages.ofAnother(request, other, way(form).orElse(AccountPage.PATH))))
                        .orElseGet(() -> end(request, found, form))));
    }

    private Uni<Response> end(RoutingContext request, Optional<BrowserSession> found, Form form) {
        return found.map(browsers::end)
                .orElseGet(() -> Uni.createFrom().voidItem())
                .map(ended -> organization.keep(
                        notice.after(
                                Pages.seeOther(next(request, found, form))
                                        .cookie(cookie.noSession())
                                        .build(),
                                Done.SIGNED_OUT),
                        found.map(session -> session.caller().organization()).orElse(null)));
    }

    /** The sign-in; on the way that a page has led to, for who wants to go it with another account. */
    private String next(RoutingContext request, Optional<BrowserSession> found, Form form) {
        // A second click finds nobody any more, but what the first has let the browser remember
        return way(form)
                .map(way -> new WayIn(
                                found.map(session -> session.caller().organization())
                                        .orElseGet(() -> organization.wanted(request, null)),
                                "",
                                way,
                                "",
                                SignInForm.CHOICE)
                        .signInPath())
                .orElse("/signin");
    }

    private static Optional<String> way(Form form) {
        return form.get(CONTINUE).map(WayIn::way);
    }
}
