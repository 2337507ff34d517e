package dev.roster.web;

/**
 * The form of a sign-in as it is shown.
 *
 * @param continueTo where it leads
 * @param error beside the password; empty where there is none
 */
public record SignInForm(String continueTo, String organization, String name, String error) {

    /** Where a new password is asked for. */
    public String forgotPath() {
        return ForgotPage.PATH + "?organization=" + Pages.encoded(organization);
    }
}
