package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.session.SessionStatus;
import dev.roster.access.session.Sessions;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Function;

/** One's own account, and where one is signed in. */
@Path(AccountPage.PATH)
public class AccountPage {
    static final String PATH = "/account";

    // The newest; whoever has more ends all others at once
    private static final int SESSIONS = 50;

    private final Pages pages;
    private final BrowserSessions browsers;
    private final Sessions sessions;

    AccountPage(Pages pages, BrowserSessions browsers, Sessions sessions) {
        this.pages = pages;
        this.browsers = browsers;
        this.sessions = sessions;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn(request, session -> sessions.list(session.caller(), session.userId(), SessionStatus.ACTIVE)
                .page(null, SESSIONS)
                .map(page -> page.items().stream()
                        .map(view -> SessionRow.of(view, session.sessionId()))
                        .toList())
                .map(rows -> pages.show(request, 200, page -> Templates.account(page, session, rows))));
    }

    @POST
    @Path("/sessions/end")
    @PermitAll
    @SmallBody
    public Uni<Response> end(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom()
                .item(() -> pages.form(request, body))
                .chain(form -> signedIn(request, session -> end(session, form)));
    }

    private Uni<Response> end(BrowserSession session, Form form) {
        Uni<Void> ended = form.get("id")
                .map(id -> sessions.end(session.caller(), session.userId(), uuid(id)))
                .orElseGet(() -> sessions.endOthers(session.caller(), session.userId()));
        return ended.map(done -> Pages.seeOther(PATH).build());
    }

    private Uni<Response> signedIn(RoutingContext request, Function<BrowserSession, Uni<Response>> page) {
        return browsers.of(request)
                .chain(found -> found.map(session -> session.caller().mustChangePassword()
                                ? Uni.createFrom()
                                        .item(Pages.seeOther(PasswordPage.PATH).build())
                                : page.apply(session))
                        .orElseGet(() -> Uni.createFrom().item(Pages.signIn(PATH))));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw RosterException.of(ErrorCode.SESSION_NOT_FOUND);
        }
    }
}
