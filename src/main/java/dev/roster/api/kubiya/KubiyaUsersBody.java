package dev.roster.api.kubiya;

import java.util.List;

/** A page of users, as the second version of the path has it. */
public record KubiyaUsersBody(List<KubiyaUserBody> items) {}
