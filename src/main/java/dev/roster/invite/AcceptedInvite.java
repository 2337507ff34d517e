package dev.roster.invite;

import dev.roster.access.token.AccessToken;
import dev.roster.user.UserView;

/**
 * An account that has just been brought to life, signed in.
 *
 * @param organization the name of its organization
 */
public record AcceptedInvite(String organization, UserView account, AccessToken token) {}
