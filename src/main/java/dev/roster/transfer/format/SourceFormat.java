package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.platform.validation.Word;
import dev.roster.transfer.CsvRecords;
import dev.roster.transfer.JsonRecords;
import dev.roster.transfer.LdifRecords;
import dev.roster.transfer.RecordReader;

/** A system whose export an import takes, by its name. */
public enum SourceFormat implements Word {
    KEYCLOAK,
    AUTH0,
    OKTA,
    FIREBASE,
    GOOGLE,
    LDIF,
    SCIM;

    /** A reader of one file. */
    public RecordReader records() {
        return switch (this) {
            case KEYCLOAK, OKTA, FIREBASE -> new JsonRecords("users"::equals, none -> false);
            case AUTH0 -> new JsonRecords("users"::equals, "total"::equals);
            // Its names are in any case (RFC 7643 section 2.1)
            case SCIM -> new JsonRecords("Resources"::equalsIgnoreCase, "totalResults"::equalsIgnoreCase);
            case GOOGLE -> new CsvRecords(GoogleUsers::column);
            case LDIF -> new LdifRecords();
        };
    }

    /** The fields of a refused record that say whom it is about; a format that refuses none makes its whole line. */
    public ObjectNode who(JsonNode record) {
        return switch (this) {
            case KEYCLOAK -> KeycloakUsers.who(record).line();
            case FIREBASE -> FirebaseUsers.who(record).line();
            case LDIF -> LdifEntries.who(record).line();
            case AUTH0 -> Auth0Users.who(record).line();
            case OKTA -> OktaUsers.who(record).line();
            case SCIM -> ScimUsers.who(record).line();
            case GOOGLE -> GoogleUsers.line(record);
        };
    }

    /** The line that a record of the file is; null for what is no person. */
    public ObjectNode line(JsonNode record, FormatOptions options) {
        return switch (this) {
            case KEYCLOAK -> KeycloakUsers.line(record, options);
            case AUTH0 -> Auth0Users.line(record, options);
            case OKTA -> OktaUsers.line(record, options);
            case FIREBASE -> FirebaseUsers.line(record, options);
            case GOOGLE -> GoogleUsers.line(record);
            case LDIF -> LdifEntries.line(record, options);
            case SCIM -> ScimUsers.line(record, options.allGroups());
        };
    }
}
