package dev.roster.invite;

import dev.roster.access.token.LinkToken;
import dev.roster.caller.Brand;
import dev.roster.caller.Role;

/**
 * What the holder of a link is told before it accepts.
 *
 * @param token what accepts the invite
 * @param brand of the organization
 * @param organizationName the name of the organization
 * @param inviter what the inviting person is called; empty where the system invites
 * @param name what the inviting person calls the invited one; empty where it said nothing
 */
public record InvitePreview(
        LinkToken token, Brand brand, String organizationName, String inviter, String email, String name, Role role) {

    /** What the organization is called. */
    public String organization() {
        return brand.name();
    }
}
