package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** Users of SCIM 2.0 (RFC 7643 section 4.1), in a list response or one behind the other. */
final class ScimUsers {
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimUsers() {}

    static ObjectNode line(JsonNode user) {
        if (user.has("totalResults")) {
            return null; // a list of nobody, which has no Resources (RFC 7644 section 3.4.2)
        }
        JsonNode name = user.path("name");
        String fullName = Fields.first(
                Fields.text(name, "formatted"),
                Fields.joined(Fields.text(name, "givenName"), Fields.text(name, "familyName")));
        return who(user)
                .set("external_id", Fields.text(user, "externalId"), Fields.text(user, "id"))
                .set("full_name", fullName)
                .displayName(Fields.text(user, "displayName"), fullName)
                .set("job_title", user.path("title"))
                .set("company", user.path(ENTERPRISE).path("organization"))
                .set("avatar_url", primary(user.path("photos")))
                .offWhere(user.path("active"), active -> !Boolean.parseBoolean(active))
                .groups(groups(user.path("groups")))
                .line();
    }

    static Fields who(JsonNode user) {
        return new Fields().set("name", user.path("userName")).set("email_address", primary(user.path("emails")));
    }

    private static JsonNode primary(JsonNode values) {
        for (JsonNode value : values) {
            // Entra ID writes booleans as texts, with a capital letter
            if (Boolean.parseBoolean(value.path("primary").asText())) {
                return value.path("value");
            }
        }
        return values.path(0).path("value");
    }

    private static JsonNode groups(JsonNode groups) {
        if (!groups.isArray()) {
            return groups;
        }
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        groups.forEach(group -> names.add(Objects.requireNonNullElse(
                Fields.first(Fields.text(group, "display"), Fields.text(group, "value")), "")));
        return names;
    }
}
