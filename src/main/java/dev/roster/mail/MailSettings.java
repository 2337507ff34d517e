package dev.roster.mail;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/**
 * The mail server; the settings not read here go to Quarkus as they are: {@code ROSTER_MAIL_PORT}
 * (587), {@code ROSTER_MAIL_USERNAME}, {@code ROSTER_MAIL_PASSWORD}, {@code ROSTER_MAIL_START_TLS}
 * (REQUIRED, OPTIONAL or DISABLED), {@code ROSTER_MAIL_TLS} (true where the server speaks TLS from
 * the start).
 */
@ConfigMapping(prefix = "roster.mail")
public interface MailSettings {

    /** {@code ROSTER_MAIL_HOST}: without it no mail is sent, and links are in answers only. */
    Optional<String> host();

    /** {@code ROSTER_MAIL_FROM}: the sender, required with a host. */
    Optional<String> from();
}
