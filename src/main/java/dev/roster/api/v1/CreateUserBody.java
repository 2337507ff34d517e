package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.Text;
import dev.roster.platform.validation.Username;
import dev.roster.user.CreateUser;
import jakarta.validation.constraints.NotNull;

/**
 * A new user.
 *
 * @param displayName absent takes the name
 * @param metadata string values by key
 */
public record CreateUserBody(
        @NotNull(message = FieldError.REQUIRED) @Username String name,
        @Text(max = 150) String displayName,
        JsonNode metadata) {
    CreateUser toUser() {
        return CreateUser.member(name, displayName, MetadataRules.initial(metadata));
    }
}
