package dev.roster.web;

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
import jakarta.ws.rs.core.Response;

/** One's own account, and where one is signed in. */
@Path(AccountPage.PATH)
public class AccountPage {
    static final String PATH = "/account";

    // The newest; whoever has more ends all others at once
    private static final int SESSIONS = 50;

    private final Pages pages;
    private final DoneNotice notice;
    private final SignedIn signedIn;
    private final Users users;
    private final Sessions sessions;
    private final FederatedSignIns federated;

    AccountPage(
            Pages pages,
            DoneNotice notice,
            SignedIn signedIn,
            Users users,
            Sessions sessions,
            FederatedSignIns federated) {
        this.pages = pages;
        this.notice = notice;
        this.signedIn = signedIn;
        this.users = users;
        this.sessions = sessions;
        this.federated = federated;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn.show(request, PATH, session -> users.me(session.caller())
                .chain(me -> sessions.list(session.caller(), session.userId(), SessionStatus.ACTIVE)
                        .page(null, SESSIONS)
                        .map(page -> page.items().stream()
                                .map(view -> SessionRow.of(
                                        view,
                                        session.sessionId(),
                                        Language.of(request).accountMessages()))
                                .toList())
                        .map(rows -> notice.said(
                                request,
                                done -> pages.show(
                                        request,
                                        200,
                                        page -> Templates.account(page, session, me, rows, may(session), done))))));
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
        Done done = form.get("id").isPresent() ? Done.SESSION : Done.OTHER_SESSIONS;
        return Pages.ended(ended, ErrorCode.SESSION_NOT_FOUND, PATH).map(leading -> notice.after(leading, done));
    }
}
