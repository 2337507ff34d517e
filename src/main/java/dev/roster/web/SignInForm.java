package dev.roster.web;

import dev.roster.access.federation.FederatedSignIns.Offer;
import java.util.List;

/**
 * The form of a sign-in as it is shown.
 *
 * @param continueTo where it leads
 * @param error beside the password; empty where there is none
 * @param maxAge how many seconds ago the person may have proved to another issuer who it is; empty for any number
 * @param prompt {@link #CHOICE} where the person is to choose an account there; empty otherwise
 * @param offers through whom else one can sign in
 */
public record SignInForm(
        String continueTo,
        String organization,
        String name,
        String error,
        String maxAge,
        String prompt,
        List<Offer> offers) {

    static final String CHOICE = "select_account";

    // What the fields take
    static final int ORGANIZATION = 200;
    static final int NAME = 320;

    private static final String NOW = "0";

    static SignInForm of(WayIn way, String error, List<Offer> offers) {
        return new SignInForm(
                way.continueTo(), way.organization(), way.name(), error, way.maxAge(), way.prompt(), offers);
    }

    /** Whether the person is to prove who it is, be it signed in or not. */
    public boolean isProof() {
        return maxAge.equals(NOW);
    }

    /** Where a new password is asked for. */
    public String forgotPath() {
        return new WayIn(organization, name, continueTo, maxAge, prompt).forgotPath();
    }
}
