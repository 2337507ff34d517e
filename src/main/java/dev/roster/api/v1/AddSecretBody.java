package dev.roster.api.v1;

import dev.roster.client.AddSecret;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One more secret of a service account.
 *
 * @param name what it is for
 * @param expiresAt absent means never
 */
@Schema(name = "AddSecret")
public record AddSecretBody(
        @NotNull(message = Required.MESSAGE) @Text(max = 100) String name, Instant expiresAt) {
    AddSecret toAddition() {
        return new AddSecret(name, expiresAt);
    }
}
