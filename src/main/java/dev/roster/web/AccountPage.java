package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.access.browser.BrowserSession;
import dev.roster.access.federation.FederatedSignIns;
import dev.roster.access.session.SessionStatus;
import dev.roster.access.session.Sessions;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.SmallBody;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** One's own account, and where one is signed in. */
@Path(AccountPage.PATH)
public class AccountPage {
    static final String PATH = "/account";

    // Set where it has happened, and gone once it is said: no link can claim it
    private static final String CHANGED = "roster-password-changed";
    private static final int SOON_SECONDS = 60;

    // The newest; whoever has more ends all others at once
    private static final int SESSIONS = 50;

    private final Pages pages;
    private final BrowserCookie cookies;
    private final SignedIn signedIn;
    private final Users users;
    private final Sessions sessions;
    private final FederatedSignIns federated;

    AccountPage(
            Pages pages,
            BrowserCookie cookies,
            SignedIn signedIn,
            Users users,
            Sessions sessions,
            FederatedSignIns federated) {
        this.pages = pages;
        this.cookies = cookies;
        this.signedIn = signedIn;
        this.users = users;
        this.sessions = sessions;
        this.federated = federated;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        boolean changed = cookies.value(request, CHANGED).isPresent();
        return signedIn.show(request, PATH, session -> users.me(session.caller())
                .chain(me -> sessions.list(session.caller(), session.userId(), SessionStatus.ACTIVE)
                        .page(null, SESSIONS)
                        .map(page -> page.items().stream()
                                .map(view -> SessionRow.of(
                                        view,
                                        session.sessionId(),
                                        Language.of(request).accountMessages()))
                                .toList())
                        .map(rows -> pages.show(
                                request,
                                200,
                                page -> Templates.account(page, session, me, rows, may(session), changed)))
                        .map(page -> changed ? with(page, cookies.of(CHANGED, "", 0)) : page)));
    }

    /** Lets the page say next that the password is another one. */
    static Response passwordChanged(Response leading, BrowserCookie cookies) {
        return with(leading, cookies.of(CHANGED, "true", SOON_SECONDS));
    }

    private static Response with(Response answer, NewCookie cookie) {
        return Response.fromResponse(answer).cookie(cookie).build();
    }

    private MayChange may(BrowserSession session) {
        boolean local = !session.isFederated();
        return new MayChange(
                session.caller().mayChangeItself(),
                AddressPage.isOnesOwn(session),
                local,
                local && !federated.offers(session.caller().organization()).isEmpty());
    }

    @POST
    @Path("/sessions/end")
    @PermitAll
    @SmallBody
    public Uni<Response> end(@Context RoutingContext request, byte[] body) {
        return signedIn.act(request, body, PATH, this::end);
    }

    private Uni<Response> end(BrowserSession session, Form form) {
        Uni<Void> ended = form.get("id")
                .map(id ->
                        sessions.end(session.caller(), session.userId(), Pages.uuid(id, ErrorCode.SESSION_NOT_FOUND)))
                .orElseGet(() -> sessions.endOthers(session.caller(), session.userId()));
        return Pages.ended(ended, ErrorCode.SESSION_NOT_FOUND, PATH);
    }
}
