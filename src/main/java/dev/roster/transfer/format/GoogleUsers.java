package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Users as the admin console of Google Workspace downloads them (CSV). It gives out no hashes. */
final class GoogleUsers {
    private static final Pattern REMARK = Pattern.compile("\\s*\\[[^]]*]$");

    private GoogleUsers() {}

    /** The name of a column without what stands in brackets behind it, such as {@code [Required]}. */
    static String column(String cell) {
        return REMARK.matcher(cell).replaceFirst("").toLowerCase(Locale.ROOT);
    }

    static ObjectNode line(JsonNode row) {
        String fullName = Fields.joined(Fields.text(row, "first name"), Fields.text(row, "last name"));
        return new Fields()
                .set("external_id", row.path("employee id"))
                .set("name", row.path("email address"))
                .set("email_address", row.path("email address"))
                .set("full_name", fullName)
                .displayName(fullName)
                .set("job_title", row.path("employee title"))
                .onWhere(Fields.first(Fields.text(row, "status")), "active"::equalsIgnoreCase)
                .line();
    }
}
