package dev.roster.security;

/**
 * What an account may do at present.
 *
 * @param generation the first generation of its tokens that is not revoked
 */
public record Standing(Role role, int generation) {}
