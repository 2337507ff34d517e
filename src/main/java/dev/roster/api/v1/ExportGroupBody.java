package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.roster.transfer.ExportedGroup;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A line of an export of groups, which the creation of a group takes.
 *
 * @param metadata as it is kept
 */
@RegisterForReflection
public record ExportGroupBody(
        String name,
        String displayName,
        String ssoName,
        String description,
        @JsonRawValue String metadata) {

    static ExportGroupBody of(ExportedGroup group) {
        return new ExportGroupBody(
                group.name(), group.displayName(), group.ssoName(), group.description(), group.metadata());
    }
}
