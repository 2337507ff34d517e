package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.transfer.CsvRecords;
import dev.roster.transfer.JsonRecords;
import dev.roster.transfer.LdifRecords;
import dev.roster.transfer.RecordReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A system whose export an import takes, by its name. */
public enum SourceFormat {
    KEYCLOAK,
    AUTH0,
    OKTA,
    FIREBASE,
    GOOGLE,
    LDIF,
    SCIM;

    /** All names, as an error says them. */
    public static String names() {
        return Arrays.stream(values()).map(SourceFormat::value).collect(Collectors.joining(", "));
    }

    /** The system of this name. */
    public static Optional<SourceFormat> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.value().equals(name))
                .findFirst();
    }

    private String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A reader of one file. */
    public RecordReader records() {
        return switch (this) {
            case KEYCLOAK, AUTH0, OKTA, FIREBASE -> new JsonRecords(Set.of("users"));
            case SCIM -> new JsonRecords(Set.of("Resources"));
            case GOOGLE -> new CsvRecords(GoogleUsers::column);
            case LDIF -> new LdifRecords();
        };
    }

    /**
     * The line that a record of the file is; null for what is no person.
     *
     * @param scrypt how the hashes of Firebase were made; null where that is not said
     */
    public ObjectNode line(JsonNode record, FirebaseScrypt scrypt) {
        return switch (this) {
            case KEYCLOAK -> KeycloakUsers.line(record);
            case AUTH0 -> Auth0Users.line(record);
            case OKTA -> OktaUsers.line(record);
            case FIREBASE -> FirebaseUsers.line(record, scrypt);
            case GOOGLE -> GoogleUsers.line(record);
            case LDIF -> LdifEntries.line(record);
            case SCIM -> ScimUsers.line(record);
        };
    }
}
