package dev.roster.api.v1;

import dev.roster.access.application.ApplicationTerms;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A change of an application; an absent or null field stays as it is.
 *
 * @param groups names of those whose members may use it from now on; empty lets everybody
 */
public record PatchApplicationBody(
        @Text(max = 100) String name,

        @Size(min = 1, message = "must not be empty") List<@NotNull(message = FieldError.REQUIRED) String> redirectUris,

        List<@NotNull(message = FieldError.REQUIRED) String> postLogoutRedirectUris,

        @Size(min = 1, message = "must not be empty") List<@NotNull(message = FieldError.REQUIRED) String> scopes,

        String idTokenSignedResponseAlg,
        @Size(max = MOST_GROUPS, message = TOO_MANY) List<@NotNull(message = FieldError.REQUIRED) String> groups,

        Boolean firstParty) {
    static final int MOST_GROUPS = 100;
    static final String TOO_MANY = "must be " + MOST_GROUPS + " groups at most";

    ApplicationTerms toTerms() {
        return new ApplicationTerms(
                name, redirectUris, postLogoutRedirectUris, scopes, idTokenSignedResponseAlg, groups, firstParty, null);
    }
}
