package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.access.application.ApplicationTerms;
import dev.roster.access.application.Audience;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A change of an application; an absent field stays as it is, and so does a null one, except for the groups.
 *
 * @param groups names of those whose members may use it from now on, so none lets nobody; null lets everybody
 */
public record PatchApplicationBody(
        @Text(max = 100) String name,

        @Size(min = 1, message = "must not be empty")
        List<@NotNull(message = FieldError.REQUIRED) @Storable String> redirectUris,

        List<@NotNull(message = FieldError.REQUIRED) @Storable String> postLogoutRedirectUris,

        @Size(min = 1, message = "must not be empty")
        List<@NotNull(message = FieldError.REQUIRED) @Storable String> scopes,

        String idTokenSignedResponseAlg,
        JsonNode groups,
        Boolean firstParty) {

    ApplicationTerms toTerms() {
        return new ApplicationTerms(
                name,
                redirectUris,
                postLogoutRedirectUris,
                scopes,
                idTokenSignedResponseAlg,
                audience(),
                firstParty,
                null);
    }

    private Audience audience() {
        if (groups == null) {
            return null;
        }
        return new Audience(groups.isNull() ? null : names());
    }

    private List<String> names() {
        if (!groups.isArray() || !groups.valueStream().allMatch(JsonNode::isTextual)) {
            throw RosterException.invalid("groups", "must be an array of strings, or null");
        }
        if (groups.size() > CreateApplicationBody.MOST_GROUPS) {
            throw RosterException.invalid("groups", CreateApplicationBody.TOO_MANY);
        }
        StorableTexts.require("groups", groups);
        return groups.valueStream().map(JsonNode::textValue).toList();
    }
}
