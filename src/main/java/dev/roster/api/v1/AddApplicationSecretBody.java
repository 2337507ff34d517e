package dev.roster.api.v1;

import dev.roster.access.client.AddSecret;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * One more secret of an application.
 *
 * @param name what it is for
 * @param expiresAt absent means as long as the installation allows
 */
public record AddApplicationSecretBody(
        @NotNull(message = FieldError.REQUIRED) @Text(max = 100)
        String name,

        Instant expiresAt) {
    AddSecret toAddition() {
        return new AddSecret(name, expiresAt);
    }
}
