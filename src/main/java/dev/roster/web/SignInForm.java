package dev.roster.web;

import dev.roster.access.federation.FederatedSignIns.Offer;
import java.util.List;

/**
 * The form of a sign-in as it is shown.
 *
 * @param error beside the password; empty where there is none
 * @param offers through whom else one can sign in
 */
public record SignInForm(WayIn way, String error, List<Offer> offers) {
    static final String CHOICE = "select_account";

    // What the fields take
    static final int ORGANIZATION = 200;
    static final int NAME = 320;
}
