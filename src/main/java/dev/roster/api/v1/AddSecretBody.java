package dev.roster.api.v1;

import dev.roster.access.client.AddSecret;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * One more secret of an account.
 *
 * @param name what it is for
 * @param expiresAt absent means as long as the installation allows
 * @param currentPassword the caller's, where it adds one to its own account and has a password
 */
public record AddSecretBody(
        @NotNull(message = FieldError.REQUIRED) @Text(max = 100)
        String name,

        Instant expiresAt,

        @Size(max = CurrentPassword.MAX, message = CurrentPassword.TOO_LONG)
        String currentPassword) {
    AddSecret toAddition() {
        return new AddSecret(name, expiresAt);
    }

    /** Everything but the password, which no log may show. */
    @Override
    public String toString() {
        return "AddSecretBody[" + name + "]";
    }
}
