package dev.roster.organization;

/**
 * A change of how an organization shows itself; what is null stays as it is.
 *
 * @param supportUrl empty takes it away
 * @param logo in base64; empty takes it away
 */
public record PatchOrganization(String displayName, String supportUrl, String logo) {}
