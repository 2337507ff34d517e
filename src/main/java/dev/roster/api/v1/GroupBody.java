package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.user.GroupSummary;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A group: CompactGroup of the Lenses contract.
 *
 * @param metadata absent where the group is shown with a user that is in more than a hundred, and those before it have more than
 *     a megabyte of metadata and descriptions together
 */
@RegisterForReflection
public record GroupBody(
        UUID id,
        String lrn,
        String name,
        String displayName,
        String ssoName,
        String description,
        Instant createdAt,
        int userCount,
        int saCount,
        int roleCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, String> metadata) {
    // Groups have no roles of their own: an account's role stands in the account.
    private static final int ROLE_COUNT = 0;

    static GroupBody of(String organization, GroupSummary group) {
        return new GroupBody(
                group.id(),
                Lrn.of(organization, "group", group.name()),
                group.name(),
                group.displayName(),
                group.ssoName(),
                group.description(),
                group.createdAt(),
                group.userCount(),
                group.serviceAccountCount(),
                ROLE_COUNT,
                group.metadata() == null ? null : MetadataRules.strings(group.metadata()));
    }
}
