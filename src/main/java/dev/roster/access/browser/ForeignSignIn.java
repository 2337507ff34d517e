package dev.roster.access.browser;

import dev.roster.caller.Role;
import java.time.Instant;

/**
 * What another issuer said when it signed a person in.
 *
 * @param role what the browser may do at most, whatever the directory says
 * @param authenticatedAt when the person proved there who it is; the epoch where that is not known, so that it counts as
 *     long ago
 */
public record ForeignSignIn(Role role, Instant authenticatedAt) {}
