package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.error.RosterException;
import dev.roster.transfer.ImportedJson;
import java.util.Objects;

/** Users as {@code firebase auth:export users.json} writes them. */
final class FirebaseUsers {
    private FirebaseUsers() {}

    // "REDACTED", which whoever may not read the parameters of the project gets instead of each hash
    private static final String REDACTED = "UkVEQUNURUQ=";

    static ObjectNode line(JsonNode user, FormatOptions options) {
        return who(user)
                .displayName(Fields.text(user, "displayName"))
                .set("avatar_url", user.path("photoUrl"))
                .onWhere(user.path("disabled"), "false"::equalsIgnoreCase)
                .metadata(claims(user))
                .set("password_hash", options.hashes() ? hash(user, options.scrypt()) : null)
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
        String hash = Fields.hash(user, "passwordHash");
        if (hash == null) {
            return null;
        }
        if (hash.equals(REDACTED)) {
            throw RosterException.invalid(
                    "passwordHash", "is not in the file: export it as somebody who may read the hashes of the project");
        }
        if (scrypt == null) {
            throw RosterException.invalid(
                    FirebaseScrypt.HEADER,
                    "must come with hashes, which nobody can check without; or ask for hashes=ignore");
        }
        return scrypt.hash(Objects.requireNonNullElse(Fields.text(user, "salt"), ""), hash);
    }
}
