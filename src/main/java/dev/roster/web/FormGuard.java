package dev.roster.web;

import dev.roster.access.browser.BrowserCookie;
import dev.roster.api.oauth2.Form;
import dev.roster.platform.digest.RandomBytes;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets through only the forms that this service has shown to this browser: each brings the value of a cookie along,
 * which no other site can read, and comes from a page of this one as far as the browser says.
 */
@Singleton
class FormGuard {
    static final String FIELD = "form_token";

    /** Names the account that a form was shown to; absent where nobody was signed in. */
    static final String SHOWN_TO = "shown_to";

    private static final String COOKIE = "roster-form";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String HERE = "same-origin";
    private static final Set<String> OWN = Set.of(HERE, "none");
    private static final int BYTES = 32;

    private final BrowserCookie cookies;

    FormGuard(BrowserCookie cookies) {
        this.cookies = cookies;
    }

    /** What a form of this browser brings along: what the last one did, so that two tabs do not disturb each other. */
    String token(RoutingContext request) {
        return present(request).orElseGet(FormGuard::random);
    }

    /** Gives the browser the token of its forms. */
    NewCookie cookie(String token) {
        return cookies.of(COOKIE, token, NewCookie.DEFAULT_MAX_AGE);
    }

    /** Refuses a form with {@code forbidden} that is not one of ours. */
    void require(RoutingContext request, Form form) {
        String site = request.request().getHeader("Sec-Fetch-Site");
        Optional<String> expected = present(request);
        String given = form.get(FIELD).orElse("-");
        if ((site != null && !OWN.contains(site)) || !isSame(expected.orElse(""), given)) {
            throw new FormRefused(expected.isPresent() && HERE.equals(site));
        }
    }

    /** What only this browser knows; empty where it has been shown no form. */
    Optional<String> present(RoutingContext request) {
        return cookies.value(request, COOKIE)
                .filter(value -> TOKEN.matcher(value).matches());
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String random() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(RandomBytes.of(BYTES));
    }
}
