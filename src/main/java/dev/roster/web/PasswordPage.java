package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.password.ChangePassword;
import dev.roster.access.password.PasswordChanges;
import dev.roster.access.token.OAuthError;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Changes one's own password, also one that has expired. */
@Path(PasswordPage.PATH)
public class PasswordPage {
    static final String PATH = "/password";
    private static final String CONTINUE = "continue";

    private final Pages pages;
    private final BrowserSessions browsers;
    private final PasswordChanges changes;
    private final BrowserCookie cookies;

    PasswordPage(Pages pages, BrowserSessions browsers, PasswordChanges changes, BrowserCookie cookies) {
        this.cookies = cookies;
        this.pages = pages;
        this.browsers = browsers;
        this.changes = changes;
    }

    /** The path of this page, which leads on to another one once the password is changed. */
    static String before(String next) {
        return PATH + "?" + CONTINUE + "=" + Pages.encoded(after(next));
    }

    /** A way on; that of this page where it is this page itself, which would ask for the password that was just chosen. */
    private static String after(String next) {
        if (!next.equals(PATH) && !next.startsWith(PATH + "?")) {
            return next;
        }
        try {
            byte[] query =
                    next.substring(PATH.length()).replaceFirst("^[?]", "").getBytes(StandardCharsets.UTF_8);
            return wayOn(Form.parse(query));
        } catch (OAuthError repeatedOrMalformed) {
            return AccountPage.PATH;
        }
    }

    private static String wayOn(Form form) {
        return wayOn(form.get(CONTINUE).orElse(null));
    }

    private static String wayOn(String wanted) {
        return after(LocalPath.of(wanted, AccountPage.PATH));
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request, @QueryParam("continue") String continueTo) {
        String next = wayOn(continueTo);
        return browsers.of(request).map(found -> found.map(session -> session.isFederated()
                        ? Pages.seeOther(next).build()
                        : show(request, 200, session, next, "", ""))
                .orElseGet(() -> Pages.signIn(before(next))));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> change(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom().item(() -> pages.form(request, body)).chain(form -> browsers.of(request)
                .chain(found -> found.map(session -> change(request, form, session))
                        .orElseGet(() -> Uni.createFrom().item(Pages.signIn(before(wayOn(form)))))));
    }

    private Uni<Response> change(RoutingContext request, Form form, BrowserSession session) {
        String next = wayOn(form);
        if (!Pages.isFor(form, session)) {
            return Uni.createFrom().item(pages.ofAnother(request, session, before(next)));
        }
        ChangePassword change = new ChangePassword(
                form.get("new_password").orElse(""),
                false,
                form.get("current_password").orElse(null),
                Origin.of(request));
        return Refusals.said(
                () -> changes.change(session.caller(), change)
                        .chain(token -> pages.onward(request, token, next))
                        .map(leading -> AccountPage.passwordChanged(leading, cookies))
                        .onFailure(SignedIn::isTooLongAgo)
                        .recoverWithItem(() -> Pages.signInAgain(before(next), session)),
                refused -> refused(request, next, session, refused));
    }

    private Response refused(RoutingContext request, String next, BrowserSession session, RosterException refused) {
        boolean ofNew = Refusals.isOfNewPassword(refused);
        Language language = Language.of(request);
        String currentError = ofNew ? "" : Refusals.ofPassword(refused, language.messages());
        String newError = ofNew ? Refusals.ofNewPassword(refused, language.accountMessages()) : "";
        Response page = show(request, Refusals.status(refused), session, next, currentError, newError);
        return Refusals.withWait(page, refused);
    }

    private Response show(
            RoutingContext request,
            int status,
            BrowserSession session,
            String next,
            String currentError,
            String newError) {
        return pages.show(request, status, page -> Templates.password(page, session, next, currentError, newError));
    }
}
