package dev.roster.access.session;

import dev.roster.caller.Role;

/**
 * What an account may do at present.
 *
 * @param username by which it is told to others
 * @param generation the first generation of its tokens that is not revoked
 * @param organizationGeneration the same of its organization
 */
public record Standing(Role role, String username, int generation, int organizationGeneration) {}
