package dev.roster.access.client;

import dev.roster.caller.Role;
import java.time.Instant;
import java.util.Map;

/**
 * What a new service account starts with.
 *
 * @param displayName null takes the name
 * @param tokenExpiresAt when its first credential ends; null means never
 */
public record CreateServiceAccount(
        String name,
        String displayName,
        String description,
        Role role,
        Instant tokenExpiresAt,
        Map<String, Object> metadata) {}
