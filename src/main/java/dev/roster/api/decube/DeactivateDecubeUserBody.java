package dev.roster.api.decube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;

/** Who is to be deactivated: by the query or by a body, as clients differ in what they can send. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeactivateDecubeUserBody(String email) {
    /** The address of the query or of the body; the two must not contradict each other. */
    static String email(String query, DeactivateDecubeUserBody body) {
        String inBody = body == null ? null : body.email();
        if (query != null && inBody != null && !query.equals(inBody)) {
            throw RosterException.invalid("email", "must be the same in the query and the body");
        }
        String email = query == null ? inBody : query;
        if (email == null || email.isBlank()) {
            throw RosterException.invalid("email", FieldError.REQUIRED);
        }
        return email;
    }
}
