package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.federation.BeginSignIn;
import dev.roster.access.federation.FederatedLinks;
import dev.roster.access.federation.FederatedSignIns;
import dev.roster.access.federation.FederatedSignIns.Offer;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.http.SmallBody;
import dev.roster.user.Proof;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Where one goes over from one's password to a trusted issuer. */
@Path(ProviderPage.PATH)
public class ProviderPage {
    static final String PATH = "/account/provider";

    private final Pages pages;
    private final SignedIn signedIn;
    private final FormGuard guard;
    private final FederatedSignIns signIns;
    private final FederatedLinks links;
    private final FederatedPage federated;

    ProviderPage(
            Pages pages,
            SignedIn signedIn,
            FormGuard guard,
            FederatedSignIns signIns,
            FederatedLinks links,
            FederatedPage federated) {
        this.pages = pages;
        this.signedIn = signedIn;
        this.guard = guard;
        this.signIns = signIns;
        this.links = links;
        this.federated = federated;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn.showForm(
                request,
                PATH,
                session -> !session.isFederated() && !offers(session).isEmpty(),
                session -> Uni.createFrom().item(show(request, 200, session, "", "", "")));
    }

    private List<Offer> offers(BrowserSession session) {
        return signIns.offers(session.caller().organization());
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> begin(@Context RoutingContext request, byte[] body) {
        return signedIn.act(
                request, body, PATH, session -> !offers(session).isEmpty(), (session, form) -> offers(session).stream()
                        .filter(one -> one.issuer().equals(form.get("issuer").orElse("")))
                        .findFirst()
                        .map(offer -> begin(request, session, form, offer))
                        .orElseGet(() -> Uni.createFrom().item(notChosen(request, session))));
    }

    private Response notChosen(RoutingContext request, BrowserSession session) {
        return show(request, 422, session, "", Language.of(request).messages().required(), "");
    }

    private Uni<Response> begin(RoutingContext request, BrowserSession session, Form form, Offer offer) {
        Proof proof = new Proof(form.get("current_password").orElse(null), CallerAddress.of(request));
        BeginSignIn begin = new BeginSignIn(
                guard.present(request).orElseThrow(),
                AccountPage.PATH,
                null,
                false,
                null,
                session.userId(),
                CallerAddress.of(request));
        return Refusals.said(
                () -> links.requireProof(session.caller(), proof).chain(() -> federated.leave(request, offer, begin)),
                refused -> refused(request, session, offer, refused));
    }

    private Response refused(RoutingContext request, BrowserSession session, Offer offer, RosterException refused) {
        String error = Refusals.ofPassword(refused, Language.of(request).messages());
        return Refusals.withWait(show(request, Refusals.status(refused), session, offer.issuer(), "", error), refused);
    }

    private Response show(
            RoutingContext request,
            int status,
            BrowserSession session,
            String chosen,
            String issuerError,
            String error) {
        List<Offer> offers = offers(session);
        return pages.show(
                request, status, page -> Templates.provider(page, session, offers, chosen, issuerError, error));
    }
}
