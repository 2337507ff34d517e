package dev.roster.web;

import dev.roster.access.federation.FederatedSignIns.Offer;
import java.util.List;

/**
 * The form by which one goes over to another issuer.
 *
 * @param offers to which ones
 * @param error beside the password; empty where there is none
 */
public record ProviderForm(List<Offer> offers, String error) {}
