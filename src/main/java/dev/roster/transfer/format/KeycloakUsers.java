package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.transfer.ImportedJson;
import java.util.Objects;

/** The users of a realm, as {@code kc.sh export} writes them; the accounts of its clients are none. */
final class KeycloakUsers {
    private KeycloakUsers() {}

    static ObjectNode line(JsonNode user, FormatOptions options) {
        if (user.hasNonNull("serviceAccountClientId")) {
            return null;
        }
        String fullName = Fields.joined(Fields.text(user, "firstName"), Fields.text(user, "lastName"));
        return who(user)
                .set("full_name", fullName)
                .displayName(fullName)
                .onWhere(user.path("enabled"), Boolean::parseBoolean)
                .groupPaths(user.path("groups"))
                .metadata(attributes(user.path("attributes")))
                .set("password_hash", options.hashes() ? hash(user.path("credentials")) : null)
                .expired(Fields.texts("requiredActions", Fields.list("requiredActions", user.path("requiredActions")))
                        .anyMatch("UPDATE_PASSWORD"::equals))
                .line();
    }

    static Fields who(JsonNode user) {
        return new Fields()
                .set("external_id", user.path("id"))
                .set("name", user.path("username"))
                .set("email_address", user.path("email"));
    }

    /** Each is a list there, mostly of one value. */
    private static JsonNode attributes(JsonNode attributes) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        attributes.properties().forEach(field -> {
            JsonNode values = field.getValue();
            metadata.set(field.getKey(), values.isArray() && values.size() == 1 ? values.get(0) : values);
        });
        return metadata;
    }

    private static String hash(JsonNode credentials) {
        for (JsonNode credential : Fields.list("credentials", credentials)) {
            if (credential.path("type").asText().equals("password")) {
                return hash(parsed(credential, "secretData"), parsed(credential, "credentialData"));
            }
        }
        return null;
    }

    /** JSON within a text. */
    private static JsonNode parsed(JsonNode credential, String field) {
        JsonNode value = credential.path(field);
        return value.isTextual()
                ? ImportedJson.within("credentials." + field, value.textValue(), "must be JSON")
                : value;
    }

    private static String hash(JsonNode secret, JsonNode data) {
        String salt = unpadded(secret, "salt");
        String value = unpadded(secret, "value");
        String algorithm = data.path("algorithm").asText();
        int iterations = data.path("hashIterations").asInt();
        if (!algorithm.equals("argon2")) {
            // pbkdf2 alone is SHA-1
            return "$%s$i=%s$%s$%s".formatted(algorithm, iterations, salt, value);
        }
        JsonNode more = data.path("additionalParameters");
        String version = more.path("version").path(0).asText("1.3").equals("1.0") ? "16" : "19";
        return "$argon2%s$v=%s$m=%s,t=%s,p=%s$%s$%s"
                .formatted(
                        more.path("type").path(0).asText("id"),
                        version,
                        more.path("memory").path(0).asText(),
                        iterations,
                        more.path("parallelism").path(0).asText("1"),
                        salt,
                        value);
    }

    private static String unpadded(JsonNode secret, String field) {
        return Objects.requireNonNullElse(Fields.text(secret, field), "").replace("=", "");
    }
}
