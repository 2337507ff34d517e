package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.CallerAddress;
import dev.roster.platform.http.SmallBody;
import dev.roster.platform.limit.LimitReached;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.validation.EmailAddress;
import dev.roster.user.PatchUser;
import dev.roster.user.Proof;
import dev.roster.user.UserReference;
import dev.roster.user.UserView;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotEmpty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/** Asks for another e-mail address of one's own account; a mail to it leads on, but for administrators. */
@Path(AddressPage.PATH)
public class AddressPage {
    static final String PATH = "/account/email";

    private record Wanted(@NotEmpty @EmailAddress(max = 100) String address) {}

    private final Pages pages;
    private final SignedIn signedIn;
    private final DoneNotice notice;
    private final Users users;
    private final Validator validator;

    AddressPage(Pages pages, SignedIn signedIn, DoneNotice notice, Users users, Validator validator) {
        this.pages = pages;
        this.signedIn = signedIn;
        this.notice = notice;
        this.users = users;
        this.validator = validator;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn.showForm(request, PATH, AddressPage::isOnesOwn, session -> users.me(session.caller())
                .map(me -> show(request, 200, session, me, "", "", "")));
    }

    static boolean isOnesOwn(BrowserSession session) {
        return session.caller().mayChangeItself() && !session.isFederated();
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> change(@Context RoutingContext request, byte[] body) {
        return signedIn.act(request, body, PATH, AddressPage::isOnesOwn, (session, form) -> users.me(session.caller())
                .chain(me -> change(request, session, me, form)));
    }

    private Uni<Response> change(RoutingContext request, BrowserSession session, UserView me, Form form) {
        String wanted = form.get("email").orElse("");
        if (wanted.equals(me.email())) {
            // Nothing changes, so that nothing is said; what waits to be confirmed goes on waiting, as in the API
            return Uni.createFrom().item(Pages.seeOther(AccountPage.PATH).build());
        }
        if (!validator.validate(new Wanted(wanted)).isEmpty()) {
            String refused = Language.of(request).accountMessages().address_refused();
            return Uni.createFrom().item(show(request, 422, session, me, wanted, refused, ""));
        }
        Proof proof = new Proof(form.get("current_password").orElse(null), CallerAddress.of(request));
        PatchUser patch = PatchUser.ofProfile(null, null, wanted);
        return Refusals.said(
                () -> users.patch(session.caller(), UserReference.person(me.id()), patch, proof, Precondition.NONE)
                        .map(this::changed),
                why -> again(request, session, me, wanted, why));
    }

    private Response changed(UserView me) {
        Response leading = Pages.seeOther(AccountPage.PATH).build();
        return notice.after(leading, me.pendingEmail() == null ? Done.ADDRESS : Done.ADDRESS_ASKED);
    }

    private Response again(
            RoutingContext request, BrowserSession session, UserView me, String wanted, RosterException refused) {
        Messages messages = Language.of(request).messages();
        AccountMessages own = Language.of(request).accountMessages();
        String addressError = refused.code() == ErrorCode.EMAIL_TAKEN
                ? messages.email_taken()
                : isOfMails(refused) ? Refusals.ofRequest(refused, own) : "";
        String passwordError = addressError.isEmpty() ? Refusals.ofPassword(refused, messages) : "";
        Response page = show(request, Refusals.status(refused), session, me, wanted, addressError, passwordError);
        return Refusals.withWait(page, refused);
    }

    /** Whether no mail can be sent, or too many were: the password was good. */
    private static boolean isOfMails(RosterException refused) {
        return refused.code() == ErrorCode.FORBIDDEN || refused instanceof LimitReached;
    }

    private Response show(
            RoutingContext request,
            int status,
            BrowserSession session,
            UserView me,
            String wanted,
            String addressError,
            String passwordError) {
        String present = Objects.requireNonNullElse(me.email(), "");
        return pages.show(
                request,
                status,
                page -> Templates.address(page, session, present, wanted, addressError, passwordError));
    }
}
