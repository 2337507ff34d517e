package dev.roster.api.decube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.Text;
import dev.roster.user.CreateUser;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

/**
 * A new user. Clients of this contract may send more than it documents, so unknown fields are
 * passed over.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CreateDecubeUserBody(
        @NotEmpty(message = FieldError.REQUIRED) @EmailAddress
        String email,

        @NotNull(message = FieldError.REQUIRED) @Text(max = 150)
        String name) {
    CreateUser toUser() {
        return CreateUser.pending(email, name);
    }
}
