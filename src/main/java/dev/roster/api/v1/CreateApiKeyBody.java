package dev.roster.api.v1;

import dev.roster.access.apikey.CreateApiKey;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;

/**
 * A new API key.
 *
 * @param owner the name of the user or service account that it acts for, for administrators; absent
 *     means the caller
 * @param scopes absent means all that the owner's role and the caller's token have
 * @param expiresAt absent means in a year, unless configured otherwise
 */
public record CreateApiKeyBody(
        @NotNull(message = FieldError.REQUIRED) @Text(max = 100)
        String name,

        @Text(max = 100) String owner,
        List<@NotNull(message = FieldError.REQUIRED) @Storable String> scopes,
        Instant expiresAt) {
    CreateApiKey toApiKey() {
        return new CreateApiKey(name, owner, scopes, expiresAt, null);
    }
}
