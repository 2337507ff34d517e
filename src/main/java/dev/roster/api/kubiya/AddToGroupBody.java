package dev.roster.api.kubiya;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.roster.api.QueryParameters;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.user.UserReference;

/**
 * Who joins a group: by e-mail address or by id. Clients of this contract may send more than it
 * documents, so unknown fields are passed over.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AddToGroupBody(String email, String userId) {
    UserReference user() {
        if ((email == null) == (userId == null)) {
            throw RosterException.invalid("email", "must be given, or else user_id, and not both");
        }
        if (email != null && email.isBlank()) {
            throw RosterException.invalid("email", FieldError.REQUIRED);
        }
        QueryParameters.storable(Place.BODY, "email", email);
        return email == null
                ? UserReference.id(QueryParameters.uuid(Place.BODY, "user_id", userId))
                : UserReference.email(email);
    }
}
