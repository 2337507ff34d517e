package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.access.browser.BrowserSession;
import dev.roster.access.browser.BrowserSignIns;
import dev.roster.access.browser.ForeignSignIn;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.OAuthError;
import dev.roster.api.oauth2.Form;
import dev.roster.organization.FirstBrand;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.VisibleText;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Shows pages, takes their forms and leads on from them. */
@Singleton
public class Pages {
    static final String HTML = "text/html;charset=UTF-8";

    // What leads to another site at its end; see onward
    static final String OAUTH = "/oauth2/";

    private final FormGuard guard;
    private final BrowserCookie cookie;
    private final BrowserSignIns signIns;
    private final RememberedOrganization organization;
    private final FirstBrand brand;

    Pages(
            FormGuard guard,
            BrowserCookie cookie,
            BrowserSignIns signIns,
            RememberedOrganization organization,
            FirstBrand brand) {
        this.organization = organization;
        this.brand = brand;
        this.guard = guard;
        this.cookie = cookie;
        this.signIns = signIns;
    }

    /** A page in the language of the browser. */
    public Response show(RoutingContext request, int status, Function<PageFrame, TemplateInstance> template) {
        String token = guard.token(request);
        Language language = Language.of(request);
        return Response.status(status)
                .type(HTML)
                .header(HttpHeaders.VARY, "Accept-Language")
                .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .cookie(guard.cookie(token))
                .entity(text(language, template.apply(new PageFrame(language.tag(), brand.get(), token))))
                .build();
    }

    /** A page that says one thing, and leads to another page. */
    Response said(RoutingContext request, int status, String title, String text, String to, String link) {
        return show(request, status, page -> Templates.said(page, title, text, to, link));
    }

    /** The text of a page. */
    static String text(Language language, TemplateInstance template) {
        return template.setLocale(language.tag()).render();
    }

    /** The form that a request brings, which this service has shown to its browser. */
    public Form form(RoutingContext request, byte[] body) {
        Form form = parse(body);
        guard.require(request, form);
        return form;
    }

    /** A form, whoever has shown it. */
    static Form parse(byte[] body) {
        try {
            return Form.parse(body);
        } catch (OAuthError malformed) {
            throw RosterException.of(ErrorCode.INVALID_REQUEST, malformed.getMessage() + ".");
        }
    }

    /**
     * Whether a form may act for who is signed in: one that was shown to another account, before somebody else has signed in
     * by another tab, would do here what its person wanted there.
     */
    static boolean isFor(Form form, BrowserSession session) {
        return form.get(FormGuard.SHOWN_TO)
                .map(session.userId().toString()::equals)
                .orElse(true);
    }

    /** What a form of another account is answered with, in place of doing anything: the page anew, for who is signed in. */
    Response ofAnother(RoutingContext request, BrowserSession session, String path) {
        AccountMessages own = Language.of(request).accountMessages();
        String text = own.nothing_done_text(session.name(), session.organizationName());
        return said(
                request,
                409,
                own.nothing_done(),
                text,
                path,
                Language.of(request).messages().go_on());
    }

    /** Leads to another page of this service. */
    public static Response.ResponseBuilder seeOther(String path) {
        // Not by a URI, which would be completed by the name of the host that the request claims
        return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, path);
    }

    /** Leads to the sign-in and back, where who is signed in has to prove it anew, wherever that is done. */
    static Response signInAgain(String path, BrowserSession session) {
        return seeOther("/signin?continue=" + encoded(path) + "&max_age=0&organization="
                        + encoded(session.caller().organization()) + "&login_hint=" + encoded(session.username()))
                .build();
    }

    /** The sign-in of an organization. */
    static String signInAt(String organization) {
        return "/signin?organization=" + encoded(organization);
    }

    /** Leads to the sign-in and back. */
    public static Response signIn(String path) {
        return seeOther("/signin?continue=" + encoded(path)).build();
    }

    /** Leads back to a list of which something was ended; what has ended before, as by a second click, is as good. */
    static Uni<Response> ended(Uni<Void> ended, ErrorCode notFound, String path) {
        return ended.onFailure(notFound::isOf).recoverWithNull().map(done -> seeOther(path)
                .build());
    }

    /** A field that a link fills in; empty where no person could have typed that. */
    static String filledIn(String given, int longest) {
        return CanonicalText.isLonger(given, longest)
                        || !CanonicalText.isPrintable(given)
                        || !VisibleText.isVisible(given)
                ? ""
                : given;
    }

    /** The id that a form names; what is none is not found. */
    static UUID uuid(String id, ErrorCode notFound) {
        return Uuids.parse(id).orElseThrow(notFound::refusal);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Lets the browser go on in the session of a token. To where an application waits it goes by a page that leads on,
     * as a browser counts the redirects of a form's answer as targets of the form.
     */
    Uni<Response> onward(RoutingContext request, AccessToken token, String path) {
        return onward(request, token, Optional.empty(), path);
    }

    /**
     * Lets the browser go on in the session of a token, which an issuer may have signed the person in to.
     *
     * @param said by the issuer that has signed the person in
     */
    Uni<Response> onward(RoutingContext request, AccessToken token, Optional<ForeignSignIn> said, String path) {
        return signIns.begin(request, token, said)
                .map(begun -> organization.keep(
                        Response.fromResponse(onward(request, path))
                                .cookie(cookie.session(begun.cookie()))
                                .build(),
                        begun.caller().organization()));
    }

    /** Leads on to where a form was to lead. */
    Response onward(RoutingContext request, String path) {
        return path.startsWith(OAUTH)
                ? show(request, 200, page -> Templates.onward(page, path))
                : seeOther(path).build();
    }
}
