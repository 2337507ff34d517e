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
import java.util.Optional;

/** Changes one's own names. */
@Path(ProfilePage.PATH)
public class ProfilePage {
    static final String PATH = "/account/profile";

    private record Names(
            @Text(max = 150) String displayName,
            @Text(min = 0, max = 100) String fullName) {}

    private final Pages pages;
    private final SignedIn signedIn;
    private final Users users;
    private final Validator validator;

    ProfilePage(Pages pages, SignedIn signedIn, Users users, Validator validator) {
        this.pages = pages;
        this.signedIn = signedIn;
        this.users = users;
        this.validator = validator;
    }

    @GET
    @PermitAll
    public Uni<Response> show(@Context RoutingContext request) {
        return signedIn.show(
                request, PATH, session -> session.caller().mayChangeItself(), session -> users.me(session.caller())
                        .map(me -> new ProfileForm(
                                Objects.requireNonNullElse(me.displayName(), me.username()),
                                Objects.requireNonNullElse(me.fullName(), ""),
                                "",
                                ""))
                        .map(form -> show(request, 200, session, form)));
    }

    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> change(@Context RoutingContext request, byte[] body) {
        return signedIn.act(request, body, PATH, (session, form) -> change(request, session, form));
    }

    private Uni<Response> change(RoutingContext request, BrowserSession session, Form form) {
        Names names = new Names(
                form.get("display_name").orElse(""), form.get("full_name").orElse(""));
        String nameError = error(request, names, "displayName");
        String fullNameError = error(request, names, "fullName");
        if (!nameError.isEmpty() || !fullNameError.isEmpty()) {
            ProfileForm again = new ProfileForm(names.displayName(), names.fullName(), nameError, fullNameError);
            return Uni.createFrom().item(show(request, 422, session, again));
        }
        PatchUser patch = PatchUser.ofProfile(names.displayName(), names.fullName(), null);
        return Refusals.said(
                () -> users.patch(
                                session.caller(),
                                UserReference.person(session.userId()),
                                patch,
                                Proof.NONE,
                                Precondition.NONE)
                        .map(changed -> Pages.seeOther(AccountPage.PATH).build()),
                refused -> show(
                        request,
                        Refusals.status(refused),
                        session,
                        new ProfileForm(
                                names.displayName(),
                                names.fullName(),
                                Language.of(request).messages().name_refused(refused.getMessage()),
                                "")));
    }

    private String error(RoutingContext request, Names names, String field) {
        Optional<String> rule = validator.validateProperty(names, field).stream()
                .map(violation -> violation.getMessage())
                .findFirst();
        return rule.map(Language.of(request).messages()::name_refused).orElse("");
    }

    private Response show(RoutingContext request, int status, BrowserSession session, ProfileForm form) {
        return pages.show(request, status, page -> Templates.profile(page, session, form));
    }
}
