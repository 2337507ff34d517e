package dev.roster.web;

import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSessions;
import dev.roster.access.grant.Authorizations;
import dev.roster.access.grant.RegisteredApplication;
import dev.roster.access.openid.AskedSignIns;
import dev.roster.access.openid.IdTokenHint;
import dev.roster.access.openid.IdTokens;
import dev.roster.access.openid.SinceAsked;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.api.oauth2.Form;
import dev.roster.caller.Issuer;
import dev.roster.platform.http.SmallBody;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The authorization endpoint (RFC 6749 section 3.1, RFC 9700 section 2.1): who is signed in and agrees is sent back to the
 * application with a code, and with the issuer, so that nothing can be mixed up (RFC 9207).
 */
@Path(AuthorizePage.PATH)
public class AuthorizePage {
    static final String PATH = "/oauth2/authorize";

    private final Pages pages;
    private final BrowserSessions browsers;
    private final Authorizations authorizations;
    private final AskedSignIns signIns;
    private final IdTokens idTokens;
    private final SentAsForm forms;
    private final Issuer issuer;
    private final Clock clock;

    AuthorizePage(
            Pages pages,
            BrowserSessions browsers,
            Authorizations authorizations,
            AskedSignIns signIns,
            IdTokens idTokens,
            SentAsForm forms,
            Issuer issuer,
            Clock clock) {
        this.pages = pages;
        this.browsers = browsers;
        this.authorizations = authorizations;
        this.signIns = signIns;
        this.idTokens = idTokens;
        this.forms = forms;
        this.issuer = issuer;
        this.clock = clock;
    }

    @GET
    @PermitAll
    public Uni<Response> authorize(@Context RoutingContext request) {
        String query = request.request().query();
        return answer(request, query == null ? "" : query, Optional.empty());
    }

    /** The form of the consent; or a request that an application sends as a form, which goes on as a query. */
    @POST
    @PermitAll
    @SmallBody
    public Uni<Response> decide(@Context RoutingContext request, byte[] body) {
        return forms.answer(
                request, PATH, body, form -> answer(request, form.get("query").orElse(""), Optional.of(form)));
    }

    private Uni<Response> answer(RoutingContext request, String query, Optional<Form> consent) {
        AuthorizeVisit visit;
        try {
            visit = AuthorizeVisit.read(request, query, consent);
        } catch (OAuthError repeatedOrMalformed) {
            return Uni.createFrom().item(forms.refused(request));
        }
        Form parameters = visit.parameters();
        return authorizations.find(parameters.get("client_id").orElse("")).chain(found -> found.flatMap(
                        application -> AuthorizationRequest.redirectUri(application, parameters)
                                .map(uri -> answer(visit, application, uri)))
                .orElseGet(() -> Uni.createFrom().item(forms.refused(request))));
    }

    private Uni<Response> answer(AuthorizeVisit visit, RegisteredApplication application, String uri) {
        AuthorizationAnswer answer =
                new AuthorizationAnswer(uri, visit.parameters().get("state"), issuer.url());
        return Uni.createFrom()
                .deferred(() -> {
                    AuthorizationRequest asked = AuthorizationRequest.read(application, uri, visit.parameters());
                    Optional<UUID> hinted = hinted(visit);
                    return browsers.of(visit.request())
                            .map(found ->
                                    found.filter(one -> one.organizationId().equals(application.organizationId())))
                            .chain(found -> found.filter(one -> isWhoIsAskedFor(visit, asked, hinted, one))
                                    .map(browser -> answer(visit, asked, browser, answer))
                                    .orElseGet(() -> signIn(visit, asked, found)));
                })
                .onFailure(OAuthError.class)
                .recoverWithItem(refused -> onward(visit, answer.error((OAuthError) refused)));
    }

    private boolean isWhoIsAskedFor(
            AuthorizeVisit visit, AuthorizationRequest asked, Optional<UUID> hinted, BrowserSession browser) {
        if (browser.caller().mustChangePassword()) {
            require(!asked.isSilent(), Code.INTERACTION_REQUIRED, "The person has to choose a new password");
            return false;
        }
        SinceAsked since = visit.mark()
                .map(mark -> signIns.since(visit.query(), mark, browser))
                .orElse(SinceAsked.NOTHING);
        boolean other = hinted.filter(user -> !user.equals(browser.userId())).isPresent();
        require(!other || since == SinceAsked.NOTHING, Code.LOGIN_REQUIRED, "Another person has signed in");
        return !other && !asked.wantsSignIn(browser.authenticatedAt(), clock.instant(), since);
    }

    /** Whom the application's hint speaks of (OpenID Connect Core section 3.1.2.1). */
    private Optional<UUID> hinted(AuthorizeVisit visit) {
        Optional<String> hint = visit.parameters().get("id_token_hint");
        Optional<UUID> user = hint.flatMap(idTokens::read)
                .filter(read -> visit.parameters()
                        .get("client_id")
                        .filter(read.clientId()::equals)
                        .isPresent())
                .map(IdTokenHint::userId);
        require(hint.isEmpty() || user.isPresent(), Code.INVALID_REQUEST, "id_token_hint is none of this application");
        return user;
    }

    private Uni<Response> answer(
            AuthorizeVisit visit, AuthorizationRequest whole, BrowserSession browser, AuthorizationAnswer answer) {
        AuthorizationRequest asked =
                whole.within(scope -> browser.caller().role().mayPassOn(scope) && visit.hasShown(scope));
        return authorizations
                .agreement(asked.application(), browser, asked.scopes())
                .chain(agreement -> {
                    require(agreement.allowed(), Code.ACCESS_DENIED, "The application is not for this account");
                    if (visit.decision().isPresent()) {
                        return decided(visit, asked, browser, answer);
                    }
                    return agreement.agreed() && !asked.wantsConsent()
                            ? code(visit, asked, browser, answer)
                            : Uni.createFrom().item(consent(visit, asked, browser));
                });
    }

    private Response consent(AuthorizeVisit visit, AuthorizationRequest asked, BrowserSession browser) {
        require(!asked.isSilent(), Code.CONSENT_REQUIRED, "The person has to agree");
        List<ScopeRow> scopes = ScopeRow.of(asked.scopes(), Language.of(visit.request()));
        String query = visit.query()
                + visit.mark()
                        .map(mark -> "&" + AuthorizeVisit.MARK + "=" + mark)
                        .orElse("");
        // A hint speaks of who is signed in, if it comes this far: nobody else would be let in with it
        boolean bound = visit.parameters().get("id_token_hint").isPresent();
        String again = bound ? "" : PATH + "?" + query;
        return pages.show(
                visit.request(),
                200,
                page -> Templates.consent(page, browser, asked.application(), scopes, query, again));
    }

    private Uni<Response> decided(
            AuthorizeVisit visit, AuthorizationRequest asked, BrowserSession browser, AuthorizationAnswer answer) {
        if (!visit.decision().orElse("").equals("allow")) {
            OAuthError refused = new OAuthError(Code.ACCESS_DENIED, "The person has refused");
            return Uni.createFrom().item(onward(visit, answer.error(refused)));
        }
        return authorizations
                .agree(asked.application(), browser, asked.scopes())
                .chain(() -> code(visit, asked, browser, answer));
    }

    /** To the application; after a form by a page, as a browser counts the redirects of its answer as targets of the form. */
    private Response onward(AuthorizeVisit visit, String uri) {
        return visit.decision().isPresent()
                ? pages.show(visit.request(), 200, page -> Templates.onward(page, uri))
                : Pages.seeOther(uri).build();
    }

    /** Asks once more where the person has taken its word back meanwhile. */
    private Uni<Response> code(
            AuthorizeVisit visit, AuthorizationRequest asked, BrowserSession browser, AuthorizationAnswer answer) {
        return authorizations
                .code(
                        asked.application(),
                        browser,
                        asked.redirectUri(),
                        asked.challenge(),
                        asked.scopes(),
                        asked.nonce())
                .map(code -> code.map(given -> onward(visit, answer.code(given)))
                        .orElseGet(() -> consent(visit, asked, browser)));
    }

    /** To the sign-in and back, with a mark of who was signed in before. */
    private Uni<Response> signIn(AuthorizeVisit visit, AuthorizationRequest asked, Optional<BrowserSession> present) {
        require(!asked.isSilent(), Code.LOGIN_REQUIRED, "The person has to sign in");
        return forms.withShortHint(visit.query())
                .chain(query -> signIns.mark(query, present)
                        .map(mark -> PATH + "?" + query + "&" + AuthorizeVisit.MARK + "=" + mark))
                .map(back -> signIn(visit, asked, back));
    }

    private static Response signIn(AuthorizeVisit visit, AuthorizationRequest asked, String back) {
        boolean fits = back.length() <= LocalPath.LONGEST && Pages.encoded(back).length() <= WayIn.LONGEST_ENCODED;
        require(fits, Code.INVALID_REQUEST, "The request is too long to come back to after a sign-in");
        String age = asked.wantedAge().map(seconds -> "&max_age=" + seconds).orElse("");
        String choice = asked.wantsChoice() ? "&prompt=" + SignInForm.CHOICE : "";
        String hint = visit.parameters()
                .get("login_hint")
                .map(name -> "&login_hint=" + Pages.encoded(name))
                .orElse("");
        return Pages.seeOther("/signin?continue=" + Pages.encoded(back) + "&organization="
                        + Pages.encoded(asked.application().organization()) + age + choice + hint)
                .build();
    }

    private static void require(boolean kept, Code code, String description) {
        code.unless(kept, description);
    }
}
