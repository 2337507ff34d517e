package dev.roster.group;

import java.util.List;
import java.util.Map;

/**
 * What a new group starts with.
 *
 * @param name unique in the organization
 * @param displayName null takes the name
 * @param ssoName null takes the name
 * @param members the usernames of its first members
 */
public record CreateGroup(
        String name,
        String displayName,
        String ssoName,
        String description,
        List<String> members,
        Map<String, Object> metadata) {}
