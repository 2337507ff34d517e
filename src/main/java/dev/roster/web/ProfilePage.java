package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.http.SmallBody;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.validation.Text;
import dev.roster.user.PatchUser;
import dev.roster.user.Proof;
import dev.roster.user.UserReference;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Validator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/** Changes one's own names. */
@Path(ProfilePage.PATH)
public class ProfilePage {
    static final String PATH = "/account/profile";

    static final int LONGEST_NAME = 150;
    private static final int LONGEST_FULL_NAME = 100;

    private record Names(
            @Text(max = LONGEST_NAME) String displayName,
            @Text(min = 0, max = LONGEST_FULL_NAME) String fullName) {}

    private final Pages pages;
    private final SignedIn signedIn;
    private final DoneNotice notice;
    private final Users users;
    private final Validator validator;

    ProfilePage(Pages pages, SignedIn signedIn, DoneNotice notice, Users users, Validator validator) {
        this.pages = pages;
        this.signedIn = signedIn;
        this.notice = notice;
        this.users = users;
        this.validator = validator;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn.show(request, PATH, ProfilePage::isOnesOwn, session -> users.me(session.caller())
                .map(me -> new ProfileForm(
                        Objects.requireNonNullElse(me.displayName(), me.username()),
                        Objects.requireNonNullElse(me.fullName(), ""),
                        "",
                        ""))
                .map(form -> show(request, 200, session, form)));
    }

    private static boolean isOnesOwn(BrowserSession session) {
        return session.caller().mayChangeItself();
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> change(@Context RoutingContext request, byte[] body) {
        return signedIn.act(
                request, body, PATH, ProfilePage::isOnesOwn, (session, form) -> change(request, session, form));
    }

    private Uni<Response> change(RoutingContext request, BrowserSession session, Form form) {
        Names names = new Names(
                form.get("display_name").orElse(""), form.get("full_name").orElse(""));
        AccountMessages own = Language.of(request).accountMessages();
        String nameError = isTaken(names, "displayName") ? "" : own.name_length(LONGEST_NAME);
        String fullNameError = isTaken(names, "fullName") ? "" : own.full_name_length(LONGEST_FULL_NAME);
        if (!nameError.isEmpty() || !fullNameError.isEmpty()) {
            ProfileForm again = new ProfileForm(names.displayName(), names.fullName(), nameError, fullNameError);
            return Uni.createFrom().item(show(request, 422, session, again));
        }
        PatchUser patch = PatchUser.ofProfile(names.displayName(), names.fullName(), null);
        return users.patch(
                        session.caller(), UserReference.person(session.userId()), patch, Proof.NONE, Precondition.NONE)
                .map(changed -> notice.after(Pages.seeOther(AccountPage.PATH).build(), Done.NAMES));
    }

    private boolean isTaken(Names names, String field) {
        return validator.validateProperty(names, field).isEmpty();
    }

    private Response show(RoutingContext request, int status, BrowserSession session, ProfileForm form) {
        return pages.show(request, status, page -> Templates.profile(page, session, form));
    }
}
