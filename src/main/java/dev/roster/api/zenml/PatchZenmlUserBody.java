package dev.roster.api.zenml;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.PictureUrl;
import dev.roster.platform.validation.Text;
import dev.roster.platform.validation.Username;
import dev.roster.user.PatchPerson;
import dev.roster.user.PatchUser;
import dev.roster.user.UserView;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;

/**
 * A change of a user; an absent or null field stays as it is. Clients of this contract may send
 * more than it documents, so unknown fields are passed over.
 *
 * @param currentPassword the caller's, where it changes its own password, username or e-mail
 *     address and has a password
 * @param metadata takes the place of what there was
 * @param isActive false also ends an account that has not signed up yet, with its invite
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PatchZenmlUserBody(
        String password,
        @Size(max = LONGEST, message = CURRENT_RULE) String currentPassword,
        Boolean passwordExpired,
        @Text(max = SHORT) String name,

        @Size(min = 1, message = PictureUrl.RULE) @PictureUrl
        String avatarUrl,

        @Text(max = SHORT) String company,
        @Text(max = SHORT) String jobTitle,
        Map<String, Object> metadata,

        @Username @Pattern(regexp = "[a-zA-Z0-9_\\-@.]{1,50}", message = USERNAME_RULE)
        String username,

        @Size(min = 1, message = EMAIL_RULE) @EmailAddress String email,
        Boolean isActive,
        Boolean isOnboarded) {
    private static final int SHORT = 50;
    // Well above the longest that can be set
    private static final int LONGEST = 1024;
    private static final String CURRENT_RULE = "must be at most 1024 characters";
    private static final String USERNAME_RULE =
            "must be 1 to 50 letters, digits, underscores, hyphens, at signs and dots";
    private static final String EMAIL_RULE = "must be an e-mail address of at most 254 characters";

    PatchUser toPatch() {
        return new PatchUser(
                name,
                null,
                email,
                null,
                null,
                null,
                ZenmlMetadata.replacement(metadata),
                new PatchPerson(
                        username, password, passwordExpired, avatarUrl, company, jobTitle, isOnboarded, isActive));
    }

    /**
     * The same change without what the account has already: that passes, by whatever other rule it got it. Clients send back the
     * whole account that they were answered.
     */
    PatchZenmlUserBody unlike(UserView present) {
        return new PatchZenmlUserBody(
                password,
                currentPassword,
                passwordExpired,
                other(name, present.displayName()),
                other(avatarUrl, present.avatarUrl()),
                other(company, present.company()),
                other(jobTitle, present.jobTitle()),
                metadata,
                other(username, present.username()),
                other(email, Objects.requireNonNullElse(present.email(), "")),
                isActive,
                isOnboarded);
    }

    private static String other(String wanted, String present) {
        return Objects.equals(wanted, present) ? null : wanted;
    }

    /** Everything but the password, which no log may show. */
    @Override
    public String toString() {
        return "PatchZenmlUserBody[" + username + "]";
    }
}
