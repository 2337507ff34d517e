package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Users as the admin console of Google Workspace downloads them (CSV). It gives out no hashes,
 * and no ids: the Employee ID is what people have written there, be it the same for two.
 */
final class GoogleUsers {
    private GoogleUsers() {}

    /** The name of a column without what stands in brackets behind it, such as {@code [Required]}. */
    static String column(String cell) {
        int remark = cell.endsWith("]") ? cell.lastIndexOf('[') : -1;
        return (remark < 0 ? cell : cell.substring(0, remark)).strip().toLowerCase(Locale.ROOT);
    }

    static ObjectNode line(JsonNode row) {
        String fullName = Fields.joined(Fields.text(row, "first name"), Fields.text(row, "last name"));
        return new Fields()
                .set("name", row.path("email address"))
                .set("email_address", row.path("email address"))
                .set("full_name", fullName)
                .displayName(fullName)
                .set("job_title", row.path("employee title"))
                .onWhere(Fields.first(Fields.text(row, "status")), "active"::equalsIgnoreCase)
                .line();
    }
}
