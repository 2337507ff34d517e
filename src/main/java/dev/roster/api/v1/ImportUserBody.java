package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Role;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.PictureUrl;
import dev.roster.platform.validation.Text;
import dev.roster.platform.validation.Username;
import dev.roster.user.ImportUser;
import dev.roster.user.PasswordHashes;
import dev.roster.user.UserStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/**
 * A line of an import; an absent or null field stays as it is, an empty text is taken away.
 *
 * @param externalId of the system that the users come from
 * @param name absent takes the e-mail address
 * @param groups the names of all groups that the user is in
 * @param metadata all of it, of any JSON
 */
@RegisterForReflection
public record ImportUserBody(
        @Text(min = 0, max = 255) String externalId,
        @Username String name,
        @Text(max = 150) String displayName,
        @Text(min = 0, max = 255) String fullName,
        @EmailAddress String emailAddress,
        Role role,
        UserStatus status,

        List<@NotNull(message = FieldError.REQUIRED) String> groups,

        JsonNode metadata,
        String passwordHash,
        Boolean passwordExpired,
        @PictureUrl String avatarUrl,
        @Text(min = 0, max = 255) String company,
        @Text(min = 0, max = 255) String jobTitle) {

    ImportUser toUser() {
        return new ImportUser(
                externalId,
                name,
                emailAddress,
                displayName,
                fullName,
                role,
                status,
                groups,
                MetadataRules.whole(metadata),
                passwordHash == null ? null : PasswordHashes.check(passwordHash),
                passwordExpired,
                avatarUrl,
                company,
                jobTitle);
    }

    /** Everything but the hash, which no log may show. */
    @Override
    public String toString() {
        return "ImportUserBody[" + name + "]";
    }
}
