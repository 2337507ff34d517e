package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.group.PatchGroup;
import dev.roster.platform.validation.Text;

/** A change of a group; an absent or null field stays as it is, metadata is merged by key. */
public record PatchGroupBody(
        @Text(max = 150) String displayName,
        @Text(max = 150) String ssoName,
        @Text(min = 0, max = 250, lines = true) String description,
        JsonNode metadata) {
    PatchGroup toPatch() {
        return new PatchGroup(displayName, ssoName, description, MetadataRules.patch(metadata));
    }
}
