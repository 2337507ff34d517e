package dev.roster.invite;

import dev.roster.caller.Role;
import java.util.List;

/**
 * Whom to invite, and as what.
 *
 * @param name the display name of the account until its person chooses one; null takes the address
 * @param groups names
 * @param keepGroups whether a deactivated account of the address, which the invite opens again, stays in its groups
 * @param bySystem whether the invite is recorded as made by the system and not by the caller
 */
public record CreateInvite(
        String email, Role role, List<String> groups, String name, boolean keepGroups, boolean bySystem) {}
