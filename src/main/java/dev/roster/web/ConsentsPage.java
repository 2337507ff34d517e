package dev.roster.web;

import dev.roster.access.grant.Consents;
import dev.roster.platform.error.ErrorCode;
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

/** The applications that one has let in. */
@Path(ConsentsPage.PATH)
public class ConsentsPage {
    static final String PATH = "/account/applications";

    // The newest; who has let in more sees the rest by the API
    private static final int APPLICATIONS = 100;

    private final Pages pages;
    private final SignedIn signedIn;
    private final DoneNotice notice;
    private final Consents consents;

    ConsentsPage(Pages pages, SignedIn signedIn, DoneNotice notice, Consents consents) {
        this.notice = notice;
        this.pages = pages;
        this.signedIn = signedIn;
        this.consents = consents;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn.show(request, PATH, session -> consents.list(session.caller())
                .page(null, APPLICATIONS)
                .map(page -> page.items().stream()
                        .map(consent -> ConsentRow.of(consent, Language.of(request)))
                        .toList())
                .map(rows -> notice.said(
                        request,
                        done -> pages.show(request, 200, page -> Templates.applications(page, session, rows, done)))));
    }

    @POST
    @Path("/end")
    @PermitAll
    @SmallBody
    public Uni<Response> withdraw(@Context RoutingContext request, byte[] body) {
        return signedIn.act(request, body, PATH, (session, form) -> {
            UUID id = Pages.uuid(form.get("id").orElse(""), ErrorCode.APPLICATION_NOT_FOUND);
            return Pages.ended(consents.withdraw(session.caller(), id), ErrorCode.APPLICATION_NOT_FOUND, PATH)
                    .map(leading -> notice.after(leading, Done.CONSENT));
        });
    }
}
