package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.roster.transfer.ExportedUser;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A line of an export, which an import takes.
 *
 * @param metadata as it is kept, to the last digit
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportUserBody(
        String externalId,
        String name,
        String displayName,
        String fullName,
        String emailAddress,
        String role,
        String status,
        List<String> groups,
        @JsonRawValue String metadata,
        String passwordHash,
        boolean passwordExpired,
        String avatarUrl,
        String company,
        String jobTitle) {

    static ExportUserBody of(ExportedUser user) {
        return new ExportUserBody(
                user.externalId(),
                user.username(),
                user.displayName(),
                user.fullName(),
                user.email(),
                user.role(),
                user.status(),
                user.groups(),
                user.metadata(),
                user.passwordHash(),
                user.passwordExpired(),
                user.avatarUrl(),
                user.company(),
                user.jobTitle());
    }

    /** Everything but the hash, which no log may show. */
    @Override
    public String toString() {
        return "ExportUserBody[" + name + "]";
    }
}
