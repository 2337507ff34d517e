package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.error.RosterException;
import java.util.Map;
import java.util.Objects;

/**
 * Users of SCIM 2.0 (RFC 7643 section 4.1), in list responses or one behind the other. Names of attributes are in any case
 * (section 2.1).
 */
final class ScimUsers {
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimUsers() {}

    static ObjectNode line(JsonNode user, boolean allGroups) {
        if (!of(user, "totalResults").isMissingNode()) {
            if (!of(user, "Resources").isEmpty()) {
                throw RosterException.invalid("Resources", "must be in a list response that is in no array");
            }
            return null; // a list of nobody, which has no Resources (RFC 7644 section 3.4.2)
        }
        Fields.list("emails", of(user, "emails")); // refused here, as who() also tells of lines that are
        JsonNode name = of(user, "name");
        String fullName =
                Fields.first(text(name, "formatted"), Fields.joined(text(name, "givenName"), text(name, "familyName")));
        return who(user)
                // The other is that of whoever provisions, and need not be unique (RFC 7643 section 3.1)
                .set("external_id", text(user, "id"), text(user, "externalId"))
                .set("full_name", fullName)
                .displayName(text(user, "displayName"), fullName)
                .set("job_title", of(user, "title"))
                .set("company", of(of(user, ENTERPRISE), "organization"))
                .set("avatar_url", primary(Fields.list("photos", of(user, "photos"))))
                .onWhere(of(user, "active"), Boolean::parseBoolean)
                .groups(groups(of(user, "groups"), allGroups))
                .line();
    }

    static Fields who(JsonNode user) {
        return new Fields().set("name", of(user, "userName")).set("email_address", primary(of(user, "emails")));
    }

    private static JsonNode of(JsonNode object, String name) {
        return object.properties().stream()
                .filter(attribute -> attribute.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static String text(JsonNode object, String name) {
        return Fields.text(name, of(object, name));
    }

    private static JsonNode primary(JsonNode values) {
        for (JsonNode value : values) {
            // Entra ID writes booleans as texts, with a capital letter
            if (Boolean.parseBoolean(of(value, "primary").asText())) {
                return of(value, "value");
            }
        }
        return of(values.path(0), "value");
    }

    /** None and null are the same as an empty list (RFC 7643 section 2.5), if all is there that a user has. */
    private static JsonNode groups(JsonNode groups, boolean all) {
        if (!groups.isArray() && !(Fields.isNone(groups) && all)) {
            return groups;
        }
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        groups.forEach(group ->
                names.add(Objects.requireNonNullElse(Fields.first(text(group, "display"), text(group, "value")), "")));
        return names;
    }
}
