package dev.roster.web;

import dev.roster.email.EmailChangeCodes;
import dev.roster.email.EmailChanges;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Where the link leads that confirms a new e-mail address; its form alone confirms it. */
@Path("/confirm-email")
public class ConfirmEmailPage {
    private final Pages pages;
    private final FormGuard guard;
    private final RememberedOrganization remembered;
    private final EmailChangeCodes codes;
    private final EmailChanges changes;

    ConfirmEmailPage(
            Pages pages,
            FormGuard guard,
            RememberedOrganization remembered,
            EmailChangeCodes codes,
            EmailChanges changes) {
        this.guard = guard;
        this.remembered = remembered;
        this.pages = pages;
        this.codes = codes;
        this.changes = changes;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request, @DefaultValue("") @QueryParam("code") String code) {
        return Refusals.said(
                () -> codes.preview(code)
                        .map(change -> remembered.keep(
                                pages.show(request, 200, page -> Templates.email(page, change, code)),
                                change.organizationName())),
                refused -> refused(request, refused));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> confirm(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom()
                .item(() -> pages.form(request, body))
                .chain(form -> Refusals.said(
                        () -> changes.confirm(
                                        form.get("code").orElse(""),
                                        guard.present(request).orElseThrow())
                                .map(done -> confirmed(request)),
                        refused -> refused(request, refused)));
    }

    private Response confirmed(RoutingContext request) {
        Messages messages = Language.of(request).messages();
        return said(request, 200, messages.email_confirmed(), messages.email_confirmed_text());
    }

    private Response refused(RoutingContext request, RosterException refused) {
        Messages messages = Language.of(request).messages();
        String text =
                switch (refused.code()) {
                    case EMAIL_CHANGE_ENDED -> messages.email_ended();
                    case EMAIL_TAKEN -> messages.email_taken();
                    case ORGANIZATION_DEACTIVATED -> messages.organization_deactivated();
                    default -> throw refused;
                };
        return said(request, refused.code().status(), messages.failed(), text);
    }

    private Response said(RoutingContext request, int status, String title, String text) {
        String account = Language.of(request).messages().account();
        return pages.said(request, status, title, text, AccountPage.PATH, account);
    }
}
