package dev.roster.api.v1;

import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.Text;
import dev.roster.user.PatchUser;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of a user's profile; an absent or null field stays as it is, an empty one is taken away.
 */
@Schema(name = "PatchProfile")
public record PatchProfileBody(
        @Text(min = 0, max = 100) String fullName,
        @Size(max = 100, message = "must be at most 100 characters") @EmailAddress
                String emailAddress) {
    PatchUser toPatch() {
        return new PatchUser(null, fullName, emailAddress, null, null, null, null);
    }
}
