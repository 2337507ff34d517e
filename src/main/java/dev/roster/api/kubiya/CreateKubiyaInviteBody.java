package dev.roster.api.kubiya;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
 * Whom to invite. Clients of this contract may send more than it documents, so unknown fields are
 * passed over.
 *
 * @param name the display name of the account until its person chooses one; absent takes the e-mail
 * @param groups the names of the groups that the account joins
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CreateKubiyaInviteBody(
        @NotEmpty(message = FieldError.REQUIRED) @EmailAddress
        String email,

        @NotNull(message = FieldError.REQUIRED) Role role,
        @Text(max = 150) String name,

        @Size(max = MOST_GROUPS, message = "must be at most " + MOST_GROUPS + " groups")
        List<@NotNull(message = "must be a group's name") @Storable String> groups) {

    // As many as Roster v1 takes in one change
    private static final int MOST_GROUPS = 1_000;

    CreateInvite toInvite(boolean bySystem) {
        return new CreateInvite(email, role, Objects.requireNonNullElse(groups, List.of()), name, false, bySystem);
    }
}
