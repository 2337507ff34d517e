package dev.roster.api.decube;

import java.util.List;

/**
 * A page of users.
 *
 * @param count how many users the organization has, deactivated ones included
 */
public record DecubeUsersBody(long count, List<DecubeUserBody> users) {}
