package dev.roster.transfer.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.error.RosterException;

/** Users as {@code firebase auth:export users.json} writes them. */
final class FirebaseUsers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FirebaseUsers() {}

    static ObjectNode line(JsonNode user, FirebaseScrypt scrypt) {
        String id = Fields.text(user, "localId");
        String email = Fields.text(user, "email");
        return new Fields()
                .set("external_id", id)
                // Who signs in by telephone or anonymously has no address
                .set("name", email == null ? id : null)
                .set("email_address", email)
                .displayName(Fields.text(user, "displayName"))
                .set("avatar_url", user.path("photoUrl"))
                .offWhere(user.path("disabled"), Boolean::parseBoolean)
                .metadata(claims(user))
                .set("password_hash", hash(user, scrypt))
                .line();
    }

    private static JsonNode claims(JsonNode user) {
        String claims = Fields.text(user, "customAttributes");
        try {
            return claims == null ? MissingNode.getInstance() : JSON.readTree(claims);
        } catch (JsonProcessingException wrong) {
            throw RosterException.invalid("customAttributes", "must be JSON");
        }
    }

    private static String hash(JsonNode user, FirebaseScrypt scrypt) {
        String hash = Fields.text(user, "passwordHash");
        return hash == null || scrypt == null
                ? null
                : scrypt.hash(user.path("salt").asText(), hash);
    }
}
