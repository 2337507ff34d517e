package dev.roster.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages show them: without a script nobody knows the zone of a browser. */
final class Times {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /** To the minute; a dash for null. */
    static String of(Instant time) {
        return time == null ? "–" : TIME.format(time);
    }
}
