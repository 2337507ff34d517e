package dev.roster.web;

import dev.roster.access.federation.FederatedSignIns;
import dev.roster.api.oauth2.Form;
import dev.roster.invite.AcceptInvite;
import dev.roster.invite.InviteAcceptance;
import dev.roster.invite.InviteCodes;
import dev.roster.invite.InvitePreview;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
import dev.roster.platform.http.SmallBody;
import dev.roster.platform.validation.Text;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Validator;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Where the link of an invite leads: shows it, however often, and accepts it by its form alone. */
@Path("/invite")
public class InvitePage {
    private record Chosen(
            @Text(max = ProfilePage.LONGEST_NAME) String name) {}

    private final Pages pages;
    private final InviteCodes codes;
    private final InviteAcceptance acceptance;
    private final FederatedSignIns federated;
    private final RememberedOrganization remembered;
    private final DoneNotice notice;
    private final Validator validator;

    InvitePage(
            Pages pages,
            InviteCodes codes,
            InviteAcceptance acceptance,
            FederatedSignIns federated,
            RememberedOrganization remembered,
            DoneNotice notice,
            Validator validator) {
        this.notice = notice;
        this.remembered = remembered;
        this.pages = pages;
        this.codes = codes;
        this.acceptance = acceptance;
        this.federated = federated;
        this.validator = validator;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request, @DefaultValue("") @QueryParam("code") String code) {
        return Refusals.answered(
                () -> codes.preview(code).map(invite -> show(request, 200, invite, code, invite.name(), "", "")),
                refused -> ended(request, code, refused));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> accept(@Context RoutingContext request, byte[] body) {
        return Uni.createFrom()
                .item(() -> pages.form(request, body))
                .chain(form -> Refusals.answered(
                        () -> codes.preview(form.get("code").orElse("")).chain(invite -> accept(request, form, invite)),
                        refused -> refused(request, form.get("code").orElse(""), refused)));
    }

    private Uni<Response> accept(RoutingContext request, Form form, InvitePreview invite) {
        String name = form.get("name").orElse("");
        if (!validator.validate(new Chosen(name)).isEmpty()) {
            String refusedName = Language.of(request).accountMessages().name_length(ProfilePage.LONGEST_NAME);
            return Uni.createFrom().item(again(request, 422, form, invite, refusedName, ""));
        }
        AcceptInvite accepting =
                new AcceptInvite(invite.token(), name, form.get("password").orElse(""), Origin.of(request));
        return acceptance
                .accept(accepting)
                .chain(accepted -> pages.onward(request, accepted.token(), AccountPage.PATH))
                .onFailure(Refusals::isOfChosenPassword)
                .recoverWithItem(refused -> again(request, form, invite, (RosterException) refused));
    }

    private Response again(RoutingContext request, Form form, InvitePreview invite, RosterException refused) {
        String error = Refusals.ofChosenPassword(refused, Language.of(request));
        return Refusals.withWait(again(request, Refusals.status(refused), form, invite, "", error), refused);
    }

    private Response again(
            RoutingContext request,
            int status,
            Form form,
            InvitePreview invite,
            String nameError,
            String passwordError) {
        String name = form.get("name").orElse("");
        return show(request, status, invite, form.get("code").orElse(""), name, nameError, passwordError);
    }

    private Response show(
            RoutingContext request,
            int status,
            InvitePreview invite,
            String code,
            String name,
            String nameError,
            String passwordError) {
        Messages messages = Language.of(request).messages();
        String role =
                switch (invite.role()) {
                    case ADMIN -> messages.role_admin();
                    case MEMBER -> messages.role_member();
                    case VIEWER -> messages.role_viewer();
                };
        InviteForm form =
                new InviteForm(code, role, name, nameError, passwordError, federated.offers(invite.organizationName()));
        return remembered.keep(
                pages.show(request, status, page -> Templates.invite(page, invite, form)), invite.organizationName());
    }

    /** As after the first of two clicks, whose answer the browser has not waited for. */
    private Uni<Response> refused(RoutingContext request, String code, RosterException refused) {
        return refused.code() == ErrorCode.INVITE_USED
                ? codes.organization(code)
                        .map(found ->
                                Pages.seeOther(Pages.signInAt(found.orElse(""))).build())
                        .map(leading -> notice.after(leading, Done.INVITE))
                : ended(request, code, refused);
    }

    private Uni<Response> ended(RoutingContext request, String code, RosterException refused) {
        Messages messages = Language.of(request).messages();
        String text = Refusals.ofInvite(refused, messages);
        Response page = pages.show(request, refused.code().status(), shown -> Templates.ended(shown, text));
        return codes.organization(code).map(found -> remembered.keep(page, found.orElse(null)));
    }
}
