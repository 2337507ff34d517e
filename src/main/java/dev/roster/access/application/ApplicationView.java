package dev.roster.access.application;

import dev.roster.platform.persistence.Precondition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An application as it is read.
 *
 * @param groups names of those whose members may use it; null where everybody may
 */
public record ApplicationView(
        UUID id,
        String clientId,
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        List<String> scopes,
        String idTokenAlgorithm,
        boolean publicClient,
        boolean firstParty,
        List<String> groups,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    /** What changes may start from: its groups may get other names, or be gone. */
    public String state() {
        return Precondition.state(version, groups == null ? Stream.empty() : groups.stream());
    }
}
