package dev.roster.caller;

import java.util.UUID;

/**
 * How an organization shows itself on pages.
 *
 * @param name what it is called
 * @param logo the path of its picture; empty where it has none
 * @param supportUrl where its people find help; empty where it says none
 */
public record Brand(String name, String logo, String supportUrl) {
    /** Of a page that belongs to no organization. */
    public static final Brand ROSTER = new Brand("Roster", "", "");

    /**
     * That of an organization.
     *
     * @param logoDigest null where it has no logo
     * @param supportUrl null where it says none
     */
    public static Brand of(UUID organizationId, String name, String logoDigest, String supportUrl) {
        return new Brand(
                name,
                logoDigest == null ? "" : logoPath(organizationId, logoDigest),
                supportUrl == null ? "" : supportUrl);
    }

    /** Where the logo of a digest is: another one is elsewhere, so that each may be kept for ever. */
    public static String logoPath(UUID organizationId, String logoDigest) {
        return "/logos/" + organizationId + "/" + logoDigest + ".png";
    }
}
