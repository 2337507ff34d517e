package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Users as the API of Okta lists them ({@code GET /api/v1/users}). It gives out no hashes, so what it says of passwords is
 * of its own.
 */
final class OktaUsers {
    // All but STAGED, which nobody has activated yet, SUSPENDED and DEPROVISIONED
    private static final Set<String> ON = Set.of("ACTIVE", "PROVISIONED", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT");

    private OktaUsers() {}

    static ObjectNode line(JsonNode user, FormatOptions options) {
        if (options.hashes()) {
            Fields.refuseHash(user.path("credentials").path("password"), "hash");
        }
        JsonNode profile = user.path("profile");
        String fullName = Fields.joined(Fields.text(profile, "firstName"), Fields.text(profile, "lastName"));
        return who(user)
                .set("external_id", user.path("id"))
                .set("full_name", fullName)
                .displayName(Fields.text(profile, "displayName"), fullName)
                .set("job_title", profile.path("title"))
                .set("company", profile.path("organization"))
                .onWhere(user.path("status"), ON::contains)
                .line();
    }

    static Fields who(JsonNode user) {
        JsonNode profile = user.path("profile");
        return new Fields().set("name", profile.path("login")).set("email_address", profile.path("email"));
    }
}
