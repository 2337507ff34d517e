package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.ErrorCode;
import dev.roster.user.OwnCredentials;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** The door of pages that are for who is signed in, and has a password that has not expired. */
@Singleton
class SignedIn {
    private final Pages pages;
    private final BrowserSessions browsers;
    private final OwnCredentials credentials;

    SignedIn(Pages pages, BrowserSessions browsers, OwnCredentials credentials) {
        this.pages = pages;
        this.browsers = browsers;
        this.credentials = credentials;
    }

    /**
     * Shows a page of an account, or leads to where one signs in, and back.
     *
     * @param path of the page
     */
    Uni<Response> show(RoutingContext request, String path, Function<BrowserSession, Uni<Response>> page) {
        return browsers.of(request).chain(found -> found.map(session -> session.caller()
                                .mustChangePassword()
                        ? Uni.createFrom()
                                .item(Pages.seeOther(PasswordPage.before(path)).build())
                        : page.apply(session)
                                .onFailure(SignedIn::isTooLongAgo)
                                .recoverWithItem(() -> Pages.signInAgain(path, session))
                                // Its session has ended since it was read
                                .onFailure(ErrorCode.INVALID_TOKEN::isOf)
                                .recoverWithItem(() -> Pages.signIn(path)))
                .orElseGet(() -> Uni.createFrom().item(Pages.signIn(path))));
    }

    /** The same of a page that not everybody can use: others are led to what they can. */
    Uni<Response> show(
            RoutingContext request,
            String path,
            Predicate<BrowserSession> may,
            Function<BrowserSession, Uni<Response>> page) {
        return show(
                request,
                path,
                session -> may.test(session)
                        ? page.apply(session)
                        : Uni.createFrom().item(Pages.seeOther(AccountPage.PATH).build()));
    }

    /** The same of a page whose form is taken soon after a sign-in alone: that comes first, before anything is typed. */
    Uni<Response> showForm(
            RoutingContext request,
            String path,
            Predicate<BrowserSession> may,
            Function<BrowserSession, Uni<Response>> page) {
        return show(
                request,
                path,
                may,
                session -> credentials.leavesTime(session.caller())
                        ? page.apply(session)
                        : Uni.createFrom().item(Pages.signInAgain(path, session)));
    }

    /** Does what a form of such a page asks for. */
    Uni<Response> act(
            RoutingContext request, byte[] body, String path, BiFunction<BrowserSession, Form, Uni<Response>> act) {
        return act(request, body, path, session -> true, act);
    }

    /** The same of a page that not everybody can use. */
    Uni<Response> act(
            RoutingContext request,
            byte[] body,
            String path,
            Predicate<BrowserSession> may,
            BiFunction<BrowserSession, Form, Uni<Response>> act) {
        return Uni.createFrom()
                .item(() -> pages.form(request, body))
                .chain(form -> show(
                        request,
                        path,
                        may,
                        session -> Pages.isFor(form, session)
                                ? act.apply(session, form)
                                : Uni.createFrom().item(pages.ofAnother(request, session, path))));
    }

    /** Whether somebody has to sign in again to do this. */
    static boolean isTooLongAgo(Throwable failure) {
        return ErrorCode.SIGN_IN_AGAIN.isOf(failure);
    }
}
