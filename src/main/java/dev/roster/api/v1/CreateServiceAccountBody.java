package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.access.client.CreateServiceAccount;
import dev.roster.caller.Role;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.ServiceAccountName;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Objects;

/**
 * A new service account.
 *
 * @param displayName absent takes the name
 * @param role absent means {@code member}
 * @param tokenExpiresAt when its credential ends; absent means never
 */
public record CreateServiceAccountBody(
        @NotNull(message = FieldError.REQUIRED) @ServiceAccountName
        String name,

        @Text(max = 150) String displayName,
        @Text(min = 0, max = 250, lines = true) String description,
        Role role,
        Instant tokenExpiresAt,
        JsonNode metadata) {
    CreateServiceAccount toServiceAccount() {
        return new CreateServiceAccount(
                name,
                displayName,
                description,
                Objects.requireNonNullElse(role, Role.MEMBER),
                tokenExpiresAt,
                MetadataRules.initial(metadata));
    }
}
