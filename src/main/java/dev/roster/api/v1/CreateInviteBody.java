package dev.roster.api.v1;

import dev.roster.caller.Role;
import dev.roster.invite.CreateInvite;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.Text;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;

/**
 * A new invite.
 *
 * @param groups the names of the groups that the account joins
 * @param name the display name of the account until its person chooses one; absent takes the e-mail
 * @param keepGroups whether an account that was deactivated and is opened again stays in its groups
 */
public record CreateInviteBody(
        @NotEmpty(message = FieldError.REQUIRED) @EmailAddress
        String email,

        @NotNull(message = FieldError.REQUIRED) Role role,

        @Size(max = ChangeGroupsBody.MAX, message = ChangeGroupsBody.TOO_MANY)
        List<@NotNull(message = "must be a group's name") @Storable String> groups,

        @Text(max = 150) String name,

        Boolean keepGroups) {
    CreateInvite toInvite() {
        return new CreateInvite(
                email,
                role,
                Objects.requireNonNullElse(groups, List.of()),
                name,
                Boolean.TRUE.equals(keepGroups),
                false);
    }
}
