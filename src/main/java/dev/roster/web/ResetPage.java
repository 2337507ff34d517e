package dev.roster.web;

import dev.roster.access.reset.PasswordResets;
import dev.roster.access.reset.ResetPassword;
import dev.roster.access.reset.ResetPreview;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.CallerAddress;
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

/** Where the link to a new password leads: its form alone sets one, and leads to the sign-in. */
@Path("/password/reset")
public class ResetPage {
    private final Pages pages;
    private final FormGuard guard;
    private final RememberedOrganization remembered;
    private final PasswordResets resets;

    ResetPage(Pages pages, FormGuard guard, RememberedOrganization remembered, PasswordResets resets) {
        this.guard = guard;
        this.remembered = remembered;
        this.pages = pages;
        this.resets = resets;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request, @DefaultValue("") @QueryParam("code") String code) {
        return Refusals.said(
                () -> resets.preview(code).map(reset -> show(request, 200, reset, code, false, "")),
                refused -> ended(request, refused));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> reset(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom()
                .item(() -> pages.form(request, body))
                .chain(form -> Refusals.said(
                        () -> resets.reset(asked(request, form))
                                .map(done -> changed(request, done))
                                .onFailure(Refusals::isOfChosenPassword)
                                .recoverWithUni(refused -> again(request, form, (RosterException) refused)),
                        refused -> ended(request, refused)));
    }

    private ResetPassword asked(RoutingContext request, Form form) {
        return new ResetPassword(
                form.get("code").orElse(""),
                form.get("new_password").orElse(""),
                form.get("revoke_keys").isPresent(),
                guard.present(request).orElseThrow(),
                CallerAddress.of(request));
    }

    private Uni<Response> again(RoutingContext request, Form form, RosterException refused) {
        String code = form.get("code").orElse("");
        String error = Refusals.ofChosenPassword(refused, Language.of(request));
        boolean keys = form.get("revoke_keys").isPresent();
        return resets.preview(code)
                .map(reset -> show(request, Refusals.status(refused), reset, code, keys, error))
                .map(page -> Refusals.withWait(page, refused))
                // Another click on the same form has been faster
                .onFailure(ErrorCode.PASSWORD_RESET_ENDED::isOf)
                .recoverWithUni(() -> resets.reset(asked(request, form)).map(done -> changed(request, done)));
    }

    private Response show(
            RoutingContext request, int status, ResetPreview reset, String code, boolean keys, String error) {
        return remembered.keep(
                pages.show(request, status, page -> Templates.reset(page, reset, code, keys, error)),
                reset.organization());
    }

    private Response changed(RoutingContext request, ResetPreview reset) {
        Messages messages = Language.of(request).messages();
        AccountMessages own = Language.of(request).accountMessages();
        String signIn = Pages.signInAt(reset.organization()) + "&login_hint=" + Pages.encoded(reset.username());
        return pages.said(
                request, 200, own.password_changed(), own.password_changed_text(), signIn, messages.sign_in());
    }

    private Response ended(RoutingContext request, RosterException refused) {
        Messages messages = Language.of(request).messages();
        AccountMessages own = Language.of(request).accountMessages();
        String text =
                switch (refused.code()) {
                    case PASSWORD_RESET_ENDED -> own.reset_ended();
                    case ORGANIZATION_DEACTIVATED -> messages.organization_deactivated();
                    default -> throw refused;
                };
        return pages.said(request, refused.code().status(), messages.failed(), text, ForgotPage.PATH, own.forgot());
    }
}
