package dev.roster.api.decube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.roster.api.QueryParameters;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.user.EmailMatch;

/** Who is to be deactivated: by the query or by a body, as clients differ in what they can send. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeactivateDecubeUserBody(String email) {
    /** The address of the query or of the body; the two must not contradict each other. */
    static String email(String query, DeactivateDecubeUserBody body) {
        String inBody = body == null ? null : body.email();
        QueryParameters.storable(Place.QUERY, "email", query);
        QueryParameters.storable(Place.BODY, "email", inBody);
        if (query != null && inBody != null && !EmailMatch.spelling(query).equals(EmailMatch.spelling(inBody))) {
            throw RosterException.invalid("email", "must be the same in the query and the body");
        }
        String email = query == null ? inBody : query;
        if (email == null || email.isBlank()) {
            throw RosterException.invalid("email", FieldError.REQUIRED);
        }
        return email;
    }
}
