package dev.roster.email;

import dev.roster.access.token.LinkToken;
import dev.roster.caller.Brand;

/**
 * What the holder of a link is told before it confirms an address.
 *
 * @param token what confirms it
 * @param brand of the organization
 * @param organizationName the name of the organization
 * @param username of the account that gets the address
 */
public record EmailChangePreview(LinkToken token, Brand brand, String organizationName, String username, String email) {

    /** What the organization is called. */
    public String organization() {
        return brand.name();
    }
}
