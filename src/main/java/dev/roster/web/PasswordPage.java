package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.password.ChangePassword;
import dev.roster.access.password.PasswordChanges;
import dev.roster.access.token.OAuthError;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
import dev.roster.platform.http.SmallBody;
import dev.roster.user.OwnCredentials;
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
    private final DoneNotice notice;
    private final OwnCredentials credentials;

    PasswordPage(
            Pages pages,
            BrowserSessions browsers,
            PasswordChanges changes,
            DoneNotice notice,
            OwnCredentials credentials) {
        this.notice = notice;
        this.credentials = credentials;
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
        return browsers.of(request).map(found -> found.map(session -> show(request, session, next))
                .orElseGet(() -> Pages.signIn(before(next))));
    }

    private Response show(RoutingContext request, BrowserSession session, String next) {
        if (session.isFederated()) {
            return Pages.seeOther(next).build();
        }
        return credentials.leavesTime(session.caller())
                ? show(request, 200, session, new PasswordForm(next, false, "", ""))
                : Pages.signInAgain(before(next), session);
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> change(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom().item(() -> pages.form(request, body)).chain(form -> browsers.of(request)
                .chain(found -> found.map(session -> change(request, form, session))
                        .orElseGet(() -> Uni.createFrom().item(maybeDone(wayOn(form))))));
    }

    /**
     * Where a session has ended meanwhile: by the first of two clicks, whose answer the browser has not waited for, or otherwise.
     * Whose password has expired comes here again by the sign-in.
     */
    private Response maybeDone(String next) {
        return notice.after(Pages.signIn(next), Done.PASSWORD_BEFORE);
    }

    private Uni<Response> change(RoutingContext request, Form form, BrowserSession session) {
        String next = wayOn(form);
        if (!Pages.isFor(form, session)) {
            return Uni.createFrom().item(pages.ofAnother(request, session, before(next)));
        }
        ChangePassword change = new ChangePassword(
                form.get("new_password").orElse(""),
                form.get("revoke_keys").isPresent(),
                form.get("current_password").orElse(null),
                Origin.of(request));
        return Refusals.said(
                () -> isDone(request, form, session, change)
                        .chain(done -> done
                                ? Uni.createFrom().item(pages.onward(request, next))
                                : change(request, session, change, next))
                        .onFailure(SignedIn::isTooLongAgo)
                        .recoverWithItem(() -> Pages.signInAgain(before(next), session))
                        .onFailure(PasswordPage::isOvertaken)
                        .recoverWithItem(() -> maybeDone(next)),
                refused -> refused(request, form, session, refused));
    }

    private Uni<Response> change(RoutingContext request, BrowserSession session, ChangePassword change, String next) {
        return changes.change(session.caller(), change)
                .chain(token -> pages.onward(request, token, next))
                .map(leading -> notice.after(leading, done(change)));
    }

    private static Done done(ChangePassword change) {
        return change.revokeKeys() ? Done.PASSWORD_AND_KEYS : Done.PASSWORD;
    }

    /**
     * Whether it is the second click on a form that was taken: its session has ended, the browser goes on in another,
     * and what it asks for is so.
     */
    private Uni<Boolean> isDone(RoutingContext request, Form form, BrowserSession session, ChangePassword change) {
        boolean ofSessionBefore = form.get("shown_in")
                .filter(id -> !id.equals(session.sessionId().toString()))
                .isPresent();
        return ofSessionBefore && notice.isToBeSaid(request, done(change))
                ? changes.isPresent(session.caller(), change.newPassword(), change.origin())
                : Uni.createFrom().item(false);
    }

    /** Whether another change of the password came between. */
    private static boolean isOvertaken(Throwable failure) {
        return ErrorCode.INVALID_TOKEN.isOf(failure) || ErrorCode.CONFLICT.isOf(failure);
    }

    private Response refused(RoutingContext request, Form form, BrowserSession session, RosterException refused) {
        boolean ofNew = Refusals.isOfNewPassword(refused);
        Language language = Language.of(request);
        String currentError = ofNew ? "" : Refusals.ofPassword(refused, language.messages());
        String newError = ofNew ? Refusals.ofNewPassword(refused, language.accountMessages()) : "";
        PasswordForm again =
                new PasswordForm(wayOn(form), form.get("revoke_keys").isPresent(), currentError, newError);
        return Refusals.withWait(show(request, Refusals.status(refused), session, again), refused);
    }

    private Response show(RoutingContext request, int status, BrowserSession session, PasswordForm form) {
        return pages.show(request, status, page -> Templates.password(page, session, form));
    }
}
