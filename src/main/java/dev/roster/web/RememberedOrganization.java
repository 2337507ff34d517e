package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.platform.validation.ResourceName;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The organization that the person of a browser last signed in to, or had a link of, so that no form makes it type that
 * again. Whether there is one of the name is not looked up, and so not told.
 */
@Singleton
class RememberedOrganization {
    private static final String COOKIE = "roster-organization";
    private static final int YEAR_SECONDS = (int) Duration.ofDays(365).toSeconds();
    private static final Pattern NAME = Pattern.compile(ResourceName.PATTERN);

    private final BrowserCookie cookies;

    RememberedOrganization(BrowserCookie cookies) {
        this.cookies = cookies;
    }

    /** What a form is filled in with: what its link says, else what is remembered, else the first one. */
    String wanted(RoutingContext request, String linked) {
        return linked == null
                ? cookies.value(request, COOKIE)
                        .filter(name -> NAME.matcher(name).matches())
                        .orElse(SignInPage.DEFAULT_ORGANIZATION)
                : TypedAccount.organization(Pages.filledIn(linked, SignInForm.ORGANIZATION));
    }

    /**
     * The answer that lets the browser remember.
     *
     * @param organization the name by which it is told apart, not what it is called; null, or what is no such name, changes
     *     nothing
     */
    Response keep(Response answer, String organization) {
        String name = organization == null ? "" : TypedAccount.organization(organization);
        return NAME.matcher(name).matches()
                ? Response.fromResponse(answer)
                        .cookie(cookies.of(COOKIE, name, YEAR_SECONDS))
                        .build()
                : answer;
    }
}
