package dev.roster.api.v1;

import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.Text;
import dev.roster.user.PatchUser;
import jakarta.validation.constraints.Size;

/**
 * A change of a user's profile; an absent or null field stays as it is, an empty one is taken away.
 *
 * @param currentPassword the caller's, where it changes its own e-mail address and has a password
 */
public record PatchProfileBody(
        @Text(min = 0, max = 100) String fullName,

        @EmailAddress(max = 100) String emailAddress,

        @Size(max = CurrentPassword.MAX, message = CurrentPassword.TOO_LONG)
        String currentPassword) {
    PatchUser toPatch() {
        return PatchUser.ofProfile(null, fullName, emailAddress);
    }

    /** Everything but the password, which no log may show. */
    @Override
    public String toString() {
        return "PatchProfileBody[" + fullName + "]";
    }
}
