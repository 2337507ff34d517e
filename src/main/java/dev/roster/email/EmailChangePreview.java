package dev.roster.email;

import dev.roster.access.token.LinkToken;

/**
 * What the holder of a link is told before it confirms an address.
 *
 * @param token what confirms it
 * @param organization what it is called
 */
public record EmailChangePreview(LinkToken token, String organization, String email) {}
