package dev.roster.mail;

import dev.roster.platform.database.MigrationSettings;
import dev.roster.platform.outbox.OutboxSettings;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The mail server, as far as it is checked here; all of it goes to Quarkus, also {@code ROSTER_MAIL_TLS} (true where the
 * server speaks TLS from the start).
 */
@ConfigMapping(prefix = "roster.mail")
public interface MailSettings extends Checked {
    /** After which an attempt is given up: the mails beside it do not wait as long as a lease of the outbox. */
    Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    /** After which its connection is ended: before the attempt, so that none is made again while the one before may succeed. */
    Duration LONGEST_CONNECTION = LONGEST_ATTEMPT.minusSeconds(2);

    // The client speaks no SMTPUTF8 (RFC 6531)
    Pattern MAILBOX = Pattern.compile("[\\x21-\\x7e&&[^\"(),:;<>@\\[\\]\\\\]]+@[\\x21-\\x7e&&[^\"(),;<>@\\\\]]+");

    Pattern START_TLS = Pattern.compile("REQUIRED|OPTIONAL|DISABLED", Pattern.CASE_INSENSITIVE);

    /** {@code ROSTER_MAIL_HOST}: without it no mail is sent, and links are in answers only. */
    Optional<String> host();

    /** {@code ROSTER_MAIL_FROM}: the sender, required with a host. */
    Optional<String> from();

    /** {@code ROSTER_MAIL_PORT}: its port, 587 unless it is set. */
    Optional<Integer> port();

    /** {@code ROSTER_MAIL_START_TLS}: REQUIRED unless it is set, OPTIONAL or DISABLED. */
    Optional<String> startTls();

    /** {@code ROSTER_MAIL_USERNAME}: where the server wants one. */
    Optional<String> username();

    /** {@code ROSTER_MAIL_PASSWORD}: of that user. */
    Optional<String> password();

    @Override
    default void check(Rules rules) {
        host().ifPresent(host -> rules.requireHost(host, "ROSTER_MAIL_HOST"));
        port().ifPresent(port -> rules.requireBetween(1, port, 65_535, "ROSTER_MAIL_PORT"));
        rules.require(
                startTls().map(START_TLS.asMatchPredicate()::test).orElse(true),
                "ROSTER_MAIL_START_TLS must be REQUIRED, OPTIONAL or DISABLED");
        rules.require(
                host().isEmpty() || from().isPresent(),
                "ROSTER_MAIL_FROM must be set to the sender of mails, as ROSTER_MAIL_HOST is set");
        rules.require(
                from().map(MailSettings::isSender).orElse(true),
                "ROSTER_MAIL_FROM must be an address in ASCII, alone or as in Name <name@example.com>");
        // Mail would be sent without signing in
        boolean isPair =
                host().isEmpty() || username().isPresent() == password().isPresent();
        rules.compare(
                MigrationSettings.class,
                start -> rules.require(
                        isPair || !start.serves(),
                        "ROSTER_MAIL_USERNAME and ROSTER_MAIL_PASSWORD must be set, or neither"));
        rules.compare(
                OutboxSettings.class,
                outbox -> rules.require(
                        host().isEmpty() || outbox.lease().compareTo(LONGEST_ATTEMPT) > 0,
                        "ROSTER_OUTBOX_LEASE must be longer than the " + LONGEST_ATTEMPT.toSeconds()
                                + " seconds that an attempt may take, as ROSTER_MAIL_HOST is set"));
    }

    private static boolean isSender(String from) {
        try {
            return MAILBOX.matcher(new EmailAddress(from).getEmail()).matches();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
