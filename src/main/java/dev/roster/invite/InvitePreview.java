package dev.roster.invite;

import dev.roster.access.token.LinkToken;
import dev.roster.caller.Role;

/**
 * What the holder of a link is told before it accepts.
 *
 * @param token what accepts the invite
 * @param organization what it is called
 * @param organizationName its name
 * @param inviter what the inviting person is called; empty where the system invites
 * @param name what the inviting person calls the invited one; empty where it said nothing
 */
public record InvitePreview(
        LinkToken token,
        String organization,
        String organizationName,
        String inviter,
        String email,
        String name,
        Role role) {}
