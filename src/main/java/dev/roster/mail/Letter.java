package dev.roster.mail;

import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A mail to a person, as text and as HTML.
 *
 * @param recipient an e-mail address as it is kept
 * @param subject without secrets: it is for the log too, where there is no mail server
 */
public record Letter(String recipient, String subject, TemplateInstance text, TemplateInstance html) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** A time as letters say it, e.g. {@code 31 January 2026, 12:00 UTC}. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The address of a page that a letter leads to, with the code that opens it. */
    public static String link(String page, String code) {
        return page + (page.contains("?") ? "&" : "?") + "code=" + code;
    }
}
