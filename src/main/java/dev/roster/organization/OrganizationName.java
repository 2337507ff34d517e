package dev.roster.organization;

import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for what an organization is called. */
final class OrganizationName {
    // A DNS label (RFC 1123 section 2.1), so that names can become host names
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final int LONGEST_DISPLAY_NAME = 150;

    private OrganizationName() {}

    static void check(String name, String displayName) {
        List<FieldError> errors = new ArrayList<>();
        if (name == null || !NAME.matcher(name).matches()) {
            errors.add(new FieldError(
                    "name",
                    "must be 1 to 63 lower-case letters, digits and hyphens, with no" + " hyphen at either end"));
        }
        if (displayName == null
                || displayName.isBlank()
                || displayName.codePointCount(0, displayName.length()) > LONGEST_DISPLAY_NAME
                || displayName.indexOf('\0') >= 0) {
            errors.add(new FieldError("display_name", "must be 1 to 150 characters"));
        }
        if (!errors.isEmpty()) {
            throw RosterException.invalid(errors);
        }
    }
}
