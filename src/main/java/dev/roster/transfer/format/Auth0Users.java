package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Users as Auth0 exports them, one a line, also with the hashes that its support gives out. */
final class Auth0Users {
    private Auth0Users() {}

    static ObjectNode line(JsonNode user, FormatOptions options) {
        String fullName = Fields.first(
                Fields.text(user, "name"),
                Fields.joined(Fields.text(user, "given_name"), Fields.text(user, "family_name")));
        return who(user)
                .set(
                        "external_id",
                        Fields.text(user, "user_id"),
                        Fields.text(user, "Id"),
                        Fields.text(user, "id"),
                        oldId(user))
                .set("full_name", fullName)
                .displayName(fullName, Fields.text(user, "nickname"))
                .set("avatar_url", user.path("picture"))
                .onWhere(user.path("blocked"), "false"::equalsIgnoreCase)
                .metadata(user.path("user_metadata"))
                .set("password_hash", options.hashes() ? hash(user) : null)
                .line();
    }

    static Fields who(JsonNode user) {
        return new Fields()
                .set("name", Fields.text(user, "username"), Fields.text(user, "Username"))
                .set("email_address", Fields.text(user, "email"), Fields.text(user, "Email"));
    }

    private static String hash(JsonNode user) {
        // Of a file that Auth0 is to import, which its own exports do not have
        Fields.refuseHash(user, "custom_password_hash");
        return Fields.first(Fields.hash(user, "passwordHash"), Fields.hash(user, "password_hash"));
    }

    private static String oldId(JsonNode user) {
        String id = Fields.text(user.path("_id"), "$oid");
        return id == null ? null : "auth0|" + id;
    }
}
