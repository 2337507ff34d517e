package dev.roster.api.v1;

import dev.roster.platform.error.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Objects;

/**
 * Whose password was forgotten.
 *
 * @param organization the name; absent for the one that the first start makes
 * @param name the username or the e-mail address
 */
public record ForgotPasswordBody(
        @Size(max = LONGEST, message = TOO_LONG) String organization,

        @NotNull(message = FieldError.REQUIRED) @Size(max = LONGEST, message = TOO_LONG)
        String name) {
    private static final String DEFAULT_ORGANIZATION = "default";

    // More than any name has
    private static final int LONGEST = 320;
    private static final String TOO_LONG = "must be at most 320 characters long";

    String organizationOrDefault() {
        return Objects.requireNonNullElse(organization, DEFAULT_ORGANIZATION);
    }
}
