package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.federation.BeginSignIn;
import dev.roster.access.federation.FederatedLinks;
import dev.roster.access.federation.FederatedPerson;
import dev.roster.access.federation.FederatedSignIns;
import dev.roster.access.federation.FederatedSignIns.Offer;
import dev.roster.access.federation.ProviderAnswer;
import dev.roster.access.federation.SignInRefused;
import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.access.token.AccessToken;
import dev.roster.api.oauth2.Form;
import dev.roster.invite.AcceptInviteBy;
import dev.roster.invite.AcceptedInvite;
import dev.roster.invite.InviteAcceptance;
import dev.roster.invite.InviteCodes;
import dev.roster.invite.InvitePreview;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.http.Origin;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Signs persons in through trusted issuers: sends the browser there, and takes what it comes back with. */
@Path("/signin/with/{issuer}")
public class FederatedPage {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final Pages pages;
    private final FederatedRefusals refusals;
    private final FormGuard guard;
    private final BrowserSessions browsers;
    private final FederatedSignIns signIns;
    private final FederatedLinks links;
    private final InviteCodes codes;
    private final InviteAcceptance acceptance;

    FederatedPage(
            Pages pages,
            FederatedRefusals refusals,
            FormGuard guard,
            BrowserSessions browsers,
            FederatedSignIns signIns,
            FederatedLinks links,
            InviteCodes codes,
            InviteAcceptance acceptance) {
        this.pages = pages;
        this.refusals = refusals;
        this.guard = guard;
        this.browsers = browsers;
        this.signIns = signIns;
        this.links = links;
        this.codes = codes;
        this.acceptance = acceptance;
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> begin(@Context RoutingContext request, @PathParam("issuer") String issuer, byte[] body) {
        return Uni.createFrom().deferred(() -> {
            Form form = pages.form(request, body);
            Offer offer = signIns.offer(issuer);
            return said(request, offer, () -> invite(form)
                    .chain(invite -> leave(request, offer, beginning(request, form, invite))));
        });
    }

    /** Leads to an issuer. */
    Uni<Response> leave(RoutingContext request, Offer offer, BeginSignIn begin) {
        return signIns.begin(offer.issuer(), begin)
                // By a page, as a browser counts the redirects of a form's answer as targets of the form
                .map(url -> pages.show(request, 200, page -> Templates.leaving(page, offer, url)))
                .onFailure(SignInRefused.class)
                .recoverWithUni(refused -> refusals.page(request, offer, (SignInRefused) refused));
    }

    /** The redirect URI. */
    @GET
    @Path("/callback")
    @PermitAll
    public Uni<Response> complete(
            @Context RoutingContext request,
            @PathParam("issuer") String issuer,
            @DefaultValue("") @QueryParam("state") String state,
            @QueryParam("code") String code,
            @QueryParam("error") String error,
            @QueryParam("iss") String iss) {
        return Uni.createFrom().deferred(() -> {
            Offer offer = signIns.offer(issuer);
            ProviderAnswer answer = new ProviderAnswer(
                    state, Optional.ofNullable(code), Optional.ofNullable(error), Optional.ofNullable(iss));
            return said(request, offer, () -> signIns.complete(
                            issuer, guard.present(request).orElse(""), answer)
                    .chain(person -> signIn(request, person)));
        });
    }

    private Uni<Response> said(RoutingContext request, Offer offer, Supplier<Uni<Response>> answer) {
        return Refusals.said(answer, refused -> refused(request, refused))
                .onFailure(SignInRefused.class)
                .recoverWithUni(refused -> refusals.page(request, offer, (SignInRefused) refused));
    }

    private Response refused(RoutingContext request, RosterException refused) {
        if (refused.code() == ErrorCode.INVALID_TOKEN) {
            return Pages.signIn(ProviderPage.PATH);
        }
        Language language = Language.of(request);
        if (refused.code() == ErrorCode.LAST_ADMIN_CREDENTIAL) {
            AccountMessages own = language.accountMessages();
            String title = language.messages().other_provider();
            String link = language.messages().account();
            return pages.said(request, refused.code().status(), title, own.last_credential(), AccountPage.PATH, link);
        }
        String text = Refusals.ofInvite(refused, language.messages());
        return pages.show(request, refused.code().status(), page -> Templates.ended(page, text));
    }

    private Uni<Optional<InvitePreview>> invite(Form form) {
        return form.get("code")
                .map(code -> codes.preview(code).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private BeginSignIn beginning(RoutingContext request, Form form, Optional<InvitePreview> invite) {
        return new BeginSignIn(
                guard.present(request).orElseThrow(),
                LocalPath.of(form.get("continue").orElse(null), AccountPage.PATH),
                form.get("max_age")
                        .filter(seconds -> SECONDS.matcher(seconds).matches())
                        .map(Long::valueOf)
                        .orElse(null),
                form.get("prompt").filter(SignInForm.CHOICE::equals).isPresent(),
                invite.map(InvitePreview::token).orElse(null),
                null,
                CallerAddress.of(request));
    }

    private Uni<Response> signIn(RoutingContext request, FederatedPerson person) {
        return token(request, person)
                .chain(token -> pages.onward(
                        request,
                        token,
                        Optional.of(person.said()),
                        LocalPath.of(person.attempt().path(), AccountPage.PATH)));
    }

    private Uni<AccessToken> token(RoutingContext request, FederatedPerson person) {
        Origin origin = Origin.of(request);
        if (person.attempt().userId() != null) {
            return signIns.reporting(
                    person, sessionOf(request, person).chain(session -> links.link(session.caller(), person, origin)));
        }
        return person.attempt().invite() == null
                ? signIns.signIn(person, origin)
                : signIns.reporting(person, acceptance.accept(new AcceptInviteBy(person, origin)))
                        .map(AcceptedInvite::token);
    }

    /** Of who has begun, and is still signed in here. */
    private Uni<BrowserSession> sessionOf(RoutingContext request, FederatedPerson person) {
        return browsers.of(request).map(found -> found.filter(
                        session -> session.userId().equals(person.attempt().userId()))
                .orElseThrow(() -> new SignInRefused(Reason.UNKNOWN_ATTEMPT, "its person is not signed in")));
    }
}
