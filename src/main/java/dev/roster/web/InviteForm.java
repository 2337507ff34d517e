package dev.roster.web;

import dev.roster.access.federation.FederatedSignIns.Offer;
import java.util.List;

/**
 * The form that accepts an invite as it is shown; errors are empty where there are none.
 *
 * @param role in words
 * @param offers through whom one can accept it without a password
 */
public record InviteForm(
        String code, String role, String name, String nameError, String passwordError, List<Offer> offers) {}
