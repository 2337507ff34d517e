package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.federation.FederatedSignIns.Offer;
import dev.roster.access.federation.SignInRefused;
import dev.roster.access.federation.SignInRefused.Purpose;
import dev.roster.access.federation.SignInRefused.Reason;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** What a browser shows where another issuer has signed nobody in: whoever was signed in before still is. */
@Singleton
class FederatedRefusals {
    private final Pages pages;
    private final BrowserSessions browsers;

    FederatedRefusals(Pages pages, BrowserSessions browsers) {
        this.pages = pages;
        this.browsers = browsers;
    }

    Uni<Response> page(RoutingContext request, Offer offer, SignInRefused refused) {
        return browsers.of(request).map(found -> found.map(session -> signedIn(request, offer, refused, session))
                .orElseGet(() -> notSignedIn(request, offer, refused)));
    }

    private Response signedIn(RoutingContext request, Offer offer, SignInRefused refused, BrowserSession session) {
        FederatedMessages federated = Language.of(request).messages(FederatedMessages.class);
        Messages messages = Language.of(request).messages();
        AccountMessages own = Language.of(request).accountMessages();
        boolean unknown = refused.reason() == Reason.UNKNOWN_ATTEMPT && refused.purpose() == Purpose.SIGN_IN;
        String title = unknown ? messages.signed_in() : own.nothing_done();
        String why = unknown
                ? own.signed_in_as(session.name(), session.organizationName())
                : text(offer, refused, federated);
        String text = isToBeBegunByMail(refused) ? why + " " + federated.invite() : why;
        String to = refused.path().isEmpty() ? AccountPage.PATH : LocalPath.of(refused.path(), AccountPage.PATH);
        String link = to.equals(AccountPage.PATH) ? messages.account() : messages.go_on();
        return pages.said(request, status(refused), title, text, to, link);
    }

    private Response notSignedIn(RoutingContext request, Offer offer, SignInRefused refused) {
        String text = text(offer, refused, Language.of(request).messages(FederatedMessages.class));
        String again = isToBeBegunByMail(refused)
                ? ""
                : Pages.signInAt(offer.organization())
                        + (refused.path().isEmpty() ? "" : "&continue=" + Pages.encoded(refused.path()));
        return pages.show(request, status(refused), page -> Templates.federated(page, text, again));
    }

    /** Whether a sign-in leads nowhere: who is invited has no account yet. */
    private static boolean isToBeBegunByMail(SignInRefused refused) {
        return refused.purpose() == Purpose.INVITE && refused.reason() != Reason.HAS_ACCOUNT;
    }

    private static String text(Offer offer, SignInRefused refused, FederatedMessages federated) {
        String name = offer.displayName();
        return switch (refused.reason()) {
            case UNKNOWN_ATTEMPT -> federated.again();
            case CANCELLED -> federated.cancelled(name);
            case UNAVAILABLE -> federated.unavailable(name);
            case WRONG_ANSWER -> federated.wrong(name);
            case NO_ROLE, NO_ACCOUNT -> federated.no_account(name);
            case OTHER_ADDRESS -> federated.other_address(name);
            case HAS_ACCOUNT ->
                refused.purpose() == Purpose.LINK ? federated.linked(name) : federated.has_account(name);
        };
    }

    private static int status(SignInRefused refused) {
        return switch (refused.reason()) {
            case UNKNOWN_ATTEMPT -> 400;
            case UNAVAILABLE -> 503;
            case WRONG_ANSWER -> 502;
            case CANCELLED, NO_ROLE, NO_ACCOUNT, OTHER_ADDRESS, HAS_ACCOUNT -> 403;
        };
    }
}
