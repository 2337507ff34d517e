package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Users as Auth0 exports them, one a line, also with the hashes that its support gives out. */
final class Auth0Users {
    private Auth0Users() {}

    static ObjectNode line(JsonNode user) {
        String fullName = Fields.first(
                        Fields.text(user, "name"),
                        Fields.joined(Fields.text(user, "given_name"), Fields.text(user, "family_name")))
                .orElse(null);
        return new Fields()
                .set(
                        "external_id",
                        Fields.first(Fields.any(user, List.of("user_id", "Id", "id")), oldId(user))
                                .orElse(null))
                .set("name", Fields.any(user, List.of("username", "Username")))
                .set("email_address", Fields.any(user, List.of("email", "Email")))
                .set("full_name", fullName)
                .displayName(fullName, Fields.text(user, "nickname"))
                .set("avatar_url", user.path("picture"))
                .activeWhere(user.path("blocked"), false)
                .metadata(user.path("user_metadata"))
                .set("password_hash", Fields.any(user, List.of("passwordHash", "password_hash")))
                .line();
    }

    private static String oldId(JsonNode user) {
        String id = Fields.text(user.path("_id"), "$oid");
        return id == null ? null : "auth0|" + id;
    }
}
