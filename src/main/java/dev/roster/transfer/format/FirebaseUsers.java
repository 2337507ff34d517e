package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.transfer.ImportedJson;
import java.util.Objects;

/** Users as {@code firebase auth:export users.json} writes them. */
final class FirebaseUsers {
    private FirebaseUsers() {}

    static ObjectNode line(JsonNode user, FirebaseScrypt scrypt) {
        return who(user)
                .displayName(Fields.text(user, "displayName"))
                .set("avatar_url", user.path("photoUrl"))
                .onWhere(user.path("disabled"), "false"::equalsIgnoreCase)
                .metadata(claims(user))
                .set("password_hash", hash(user, scrypt))
                .line();
    }

    static Fields who(JsonNode user) {
        String id = Fields.text(user, "localId");
        String email = Fields.text(user, "email");
        return new Fields()
                .set("external_id", id)
                // Who signs in by telephone or anonymously has no address
                .set("name", email == null ? id : null)
                .set("email_address", email);
    }

    private static JsonNode claims(JsonNode user) {
        String claims = Fields.text(user, "customAttributes");
        return claims == null
                ? MissingNode.getInstance()
                : ImportedJson.within("customAttributes", claims, "must be JSON");
    }

    private static String hash(JsonNode user, FirebaseScrypt scrypt) {
        String hash = Fields.text(user, "passwordHash");
        return hash == null || scrypt == null
                ? null
                : scrypt.hash(Objects.requireNonNullElse(Fields.text(user, "salt"), ""), hash);
    }
}
