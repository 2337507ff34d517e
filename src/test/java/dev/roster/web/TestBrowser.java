package dev.roster.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a script: it keeps cookies, follows nothing and sends the forms that it was shown. */
public final class TestBrowser {
    private static final Pattern HIDDEN = Pattern.compile("name=\"(form_token|shown_to|key)\" value=\"([^\"]+)\"");

    private final Map<String, String> cookies = new HashMap<>();
    private String service = "";
    private String language = "en";

    /** Goes on with another replica, at this URL. */
    void goOnWith(String url) {
        service = url;
    }

    public Response get(String path) {
        return kept(request().get(service + path));
    }

    /** Sends the form of a page with these fields. */
    public Response submit(String page, String action, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.putAll(hidden(page));
        return post(action, all);
    }

    /** Sends the form of the sign-in. */
    public Response signIn(String organization, String name, String password) {
        return submit("/signin", "/signin", Map.of("organization", organization, "name", name, "password", password));
    }

    /** What a page lets its forms bring along. */
    Map<String, String> hidden(String page) {
        Map<String, String> hidden = new HashMap<>();
        Matcher fields = HIDDEN.matcher(get(page).asString());
        while (fields.find()) {
            hidden.put(fields.group(1), fields.group(2));
        }
        return hidden;
    }

    public Response post(String action, Map<String, String> fields) {
        return kept(request().urlEncodingEnabled(true).formParams(fields).post(service + action));
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** From now on, the language of its person. */
    void speak(String tag) {
        language = tag;
    }

    private RequestSpecification request() {
        return RestAssured.given()
                .header("Accept-Language", language)
                .header("Sec-Fetch-Mode", "navigate")
                .redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .accept("text/html")
                .cookies(cookies);
    }

    private Response kept(Response response) {
        response.getDetailedCookies().asList().forEach(cookie -> {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        });
        return response;
    }

    /** Of who signs in at another issuer, which decides who may. */
    public void assertKeysAreMadeByAdministrators() {
        get("/account/keys")
                .then()
                .statusCode(200)
                .body(containsString("You sign in elsewhere, and who may is decided there"))
                .body(not(containsString("name=\"end\"")));
        submit("/account", "/account/keys", Map.of("name", "Report", "scope:users:read", "true"))
                .then()
                .statusCode(303)
                .header("Location", "/account/keys");
    }
}
