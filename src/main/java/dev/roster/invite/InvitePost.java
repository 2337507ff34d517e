package dev.roster.invite;

import dev.roster.security.Issuer;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Hands the mail of an invite to the mail server, or shows it in the log where there is none. */
@Startup
@ApplicationScoped
class InvitePost {
    private static final Logger LOG = Logger.getLogger(InvitePost.class);
    private static final DateTimeFormatter END =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final ReactiveMailer mailer;
    private final InviteRules rules;
    private final boolean hasServer;
    private final String domain;

    InvitePost(ReactiveMailer mailer, InviteRules rules, MailSettings settings, Issuer issuer) {
        this.mailer = mailer;
        this.rules = rules;
        hasServer = settings.host().isPresent();
        domain = URI.create(issuer.url()).getHost();
        if (hasServer && settings.from().isEmpty()) {
            throw new ConfigurationException(
                    "ROSTER_MAIL_FROM must be set to the sender of mails, as ROSTER_MAIL_HOST is set");
        }
    }

    /** Whether mail reaches invited persons, so that nobody else needs to see their links. */
    boolean sends() {
        return hasServer;
    }

    /**
     * Sends a letter.
     *
     * @param id the same at every attempt: it makes the Message-ID (RFC 5322 section 3.6.4), by
     *     which a mail that comes twice is known
     */
    Uni<Void> send(UUID id, MailReads.Letter letter, String link) {
        return hasServer ? mail(id, letter, link) : log(id, letter);
    }

    private Uni<Void> mail(UUID id, MailReads.Letter letter, String link) {
        return Uni.combine()
                .all()
                .unis(render(text(letter, link)), render(html(letter, link)))
                .asTuple()
                .map(
                        parts ->
                                new Mail()
                                        .addTo(letter.recipient())
                                        .setSubject(subject(letter))
                                        .setText(parts.getItem1())
                                        .setHtml(parts.getItem2())
                                        .addHeader("Message-ID", "<" + id + "@" + domain + ">")
                                        // RFC 3834 section 5: no automatic answers, please
                                        .addHeader("Auto-Submitted", "auto-generated"))
                .chain(mail -> mailer.send(mail));
    }

    private Uni<Void> log(UUID id, MailReads.Letter letter) {
        return render(text(letter, rules.link("(not shown)")))
                .invoke(
                        body ->
                                LOG.infof(
                                        "Without ROSTER_MAIL_HOST, mail %s is not sent:%n%s",
                                        id, body))
                .replaceWithVoid();
    }

    private static Uni<String> render(TemplateInstance template) {
        return template.createUni();
    }

    private static String subject(MailReads.Letter letter) {
        return "Invite to " + letter.organization();
    }

    private static TemplateInstance text(MailReads.Letter letter, String link) {
        return InviteTemplates.text(letter.organization(), link, end(letter));
    }

    private static TemplateInstance html(MailReads.Letter letter, String link) {
        return InviteTemplates.html(letter.organization(), link, end(letter));
    }

    private static String end(MailReads.Letter letter) {
        Instant end = letter.state().expiresAt();
        return END.format(end);
    }
}
