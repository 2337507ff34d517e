package dev.roster.web;

import dev.roster.api.oauth2.Form;

/**
 * What a sign-in was asked for with, as the pages beside it keep it; all but the organization may be empty.
 *
 * @param continueTo where it leads
 * @param maxAge how many seconds ago the person may have proved to another issuer who it is; empty for any number
 * @param prompt {@link SignInForm#CHOICE} where the person is to choose an account there; empty otherwise
 */
public record WayIn(String organization, String name, String continueTo, String maxAge, String prompt) {
    // It stands in a query, beside an organization and a name, in a URI that is read
    static final int LONGEST_ENCODED = 7_000;

    private static final String NOW = "0";

    static WayIn of(Form form) {
        TypedAccount typed = TypedAccount.of(form);
        return new WayIn(
                typed.organization(),
                typed.name(),
                way(form.get("continue").orElse(null)),
                form.get("max_age").orElse(""),
                choice(form.get("prompt").orElse("")));
    }

    /** Where a sign-in leads, be something else wanted that is no page of this service. */
    static String way(String wanted) {
        return LocalPath.of(wanted, AccountPage.PATH);
    }

    static String choice(String prompt) {
        return prompt.equals(SignInForm.CHOICE) ? prompt : "";
    }

    /** Whether somebody has to sign in whoever is signed in: a page of an application asks first who that is. */
    boolean asksForSignIn() {
        return !name.isEmpty() || !maxAge.isEmpty() || !prompt.isEmpty() || continueTo.startsWith(Pages.OAUTH);
    }

    /** Whether the person is to prove who it is, be it signed in or not. */
    public boolean isProof() {
        return maxAge.equals(NOW);
    }

    /** The form of the sign-in. */
    public String signInPath() {
        return path("/signin");
    }

    /** Where a new password is asked for. */
    public String forgotPath() {
        return path(ForgotPage.PATH);
    }

    private String path(String page) {
        boolean fits = Pages.encoded(continueTo).length() <= LONGEST_ENCODED;
        return page + "?organization=" + Pages.encoded(organization)
                + parameter("login_hint", name)
                + parameter("continue", !fits || continueTo.equals(AccountPage.PATH) ? "" : continueTo)
                + parameter("max_age", maxAge)
                + parameter("prompt", prompt);
    }

    private static String parameter(String key, String value) {
        return value.isEmpty() ? "" : "&" + key + "=" + Pages.encoded(value);
    }
}
