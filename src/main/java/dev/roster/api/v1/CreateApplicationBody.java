package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roster.access.application.ApplicationTerms;
import dev.roster.access.application.Audience;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A new application.
 *
 * @param publicClient whether it can keep no secret, as one in a browser or on a desk; absent means it can
 * @param idTokenSignedResponseAlg absent means ES256, if there is such a key
 * @param groups names of those whose members may use it, so none lets nobody; absent or null lets everybody
 */
public record CreateApplicationBody(
        @NotNull(message = FieldError.REQUIRED) @Text(max = 100)
        String name,

        @NotEmpty(message = FieldError.REQUIRED)
        List<@NotNull(message = FieldError.REQUIRED) @Storable String> redirectUris,

        List<@NotNull(message = FieldError.REQUIRED) @Storable String> postLogoutRedirectUris,

        @NotEmpty(message = FieldError.REQUIRED) List<@NotNull(message = FieldError.REQUIRED) @Storable String> scopes,

        String idTokenSignedResponseAlg,

        @Size(max = MOST_GROUPS, message = TOO_MANY)
        List<@NotNull(message = FieldError.REQUIRED) @Storable String> groups,

        Boolean firstParty,
        @JsonProperty("public") Boolean publicClient) {
    static final int MOST_GROUPS = 100;
    static final String TOO_MANY = "must be " + MOST_GROUPS + " groups at most";

    ApplicationTerms toTerms() {
        return new ApplicationTerms(
                name,
                redirectUris,
                postLogoutRedirectUris,
                scopes,
                idTokenSignedResponseAlg,
                new Audience(groups),
                firstParty,
                publicClient);
    }
}
