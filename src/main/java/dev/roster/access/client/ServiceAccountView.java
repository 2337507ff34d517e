package dev.roster.access.client;

import dev.roster.user.UserView;
import java.time.Instant;

/**
 * A service account as it is read.
 *
 * @param tokenExpiresAt when the last of its credentials ends; null where one never does or none is
 *     left
 * @param tokenExpired whether no credential is left that works
 */
public record ServiceAccountView(UserView account, Instant tokenExpiresAt, boolean tokenExpired) {}
