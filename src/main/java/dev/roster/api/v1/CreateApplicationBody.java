package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roster.access.application.ApplicationTerms;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A new application.
 *
 * @param publicClient whether it can keep no secret, as one in a browser or on a desk; absent means it can
 * @param groups names of those whose members may use it; absent lets everybody
 */
public record CreateApplicationBody(
        @NotNull(message = Required.MESSAGE) @Text(max = 100)
        String name,

        @NotEmpty(message = Required.MESSAGE) List<@NotNull(message = Required.MESSAGE) String> redirectUris,

        List<@NotNull(message = Required.MESSAGE) String> postLogoutRedirectUris,

        @NotEmpty(message = Required.MESSAGE) List<@NotNull(message = Required.MESSAGE) String> scopes,

        @Size(max = PatchApplicationBody.MOST_GROUPS, message = PatchApplicationBody.TOO_MANY)
        List<@NotNull(message = Required.MESSAGE) String> groups,

        Boolean firstParty,
        @JsonProperty("public") Boolean publicClient) {
    ApplicationTerms toTerms() {
        return new ApplicationTerms(
                name, redirectUris, postLogoutRedirectUris, scopes, groups, firstParty, publicClient);
    }
}
