package dev.roster.platform.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Times as RFC 3339 section 5.6 writes them: with seconds and an offset, which ISO 8601 lets one leave out. */
public final class Rfc3339 {
    // Nobody has more than nine digits of a second
    private static final int LONGEST = 35;
    private static final Pattern TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    private Rfc3339() {}

    /**
     * The time that a text says.
     *
     * @throws DateTimeException if it says none
     */
    public static Instant parse(String text) {
        if (text.length() > LONGEST || !TIME.matcher(text).matches()) {
            throw new DateTimeException("not RFC 3339");
        }
        return OffsetDateTime.parse(text).toInstant();
    }
}
