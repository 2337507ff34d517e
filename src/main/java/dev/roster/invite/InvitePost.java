package dev.roster.invite;

import dev.roster.platform.outbox.Undeliverable;
import dev.roster.platform.validation.EmailKey;
import dev.roster.security.Issuer;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    // Authentication is missing or wrong (RFC 4954 section 6): the settings' fault
    private static final Set<Integer> OF_THE_SERVICE = Set.of(530, 534, 535, 538);

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

    boolean hasServer() {
        return hasServer;
    }

    /**
     * Sends a letter; {@link Undeliverable} where the relay takes it from nobody.
     *
     * @param id the same at every attempt: it makes the Message-ID (RFC 5322 section 3.6.4), by
     *     which a mail that comes twice is known
     */
    Uni<Void> send(UUID id, MailRows.Letter letter, String link) {
        return hasServer ? mail(id, letter, link) : log(id, letter);
    }

    private Uni<Void> mail(UUID id, MailRows.Letter letter, String link) {
        // The client speaks no SMTPUTF8 (RFC 6531), without which there are only ASCII mailboxes
        Optional<String> mailbox =
                EmailKey.mailbox(letter.recipient())
                        .filter(address -> address.chars().allMatch(c -> c < 128));
        if (mailbox.isEmpty()) {
            return Uni.createFrom().failure(new Undeliverable(null));
        }
        return Uni.combine()
                .all()
                .unis(render(text(letter, link)), render(html(letter, link)))
                .asTuple()
                .map(
                        parts ->
                                new Mail()
                                        .addTo(mailbox.get())
                                        .setSubject(subject(letter))
                                        .setText(parts.getItem1())
                                        .setHtml(parts.getItem2())
                                        .addHeader("Message-ID", "<" + id + "@" + domain + ">")
                                        // RFC 3834 section 5: no automatic answers, please
                                        .addHeader("Auto-Submitted", "auto-generated"))
                .chain(mail -> mailer.send(mail))
                .onFailure(InvitePost::isRefused)
                .transform(Undeliverable::new);
    }

    /** Whether the relay refuses the mail (RFC 5321 section 4.2.1), and not the service itself. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof SMTPException refusal
                && refusal.isPermanent()
                && !OF_THE_SERVICE.contains(refusal.getReplyCode())
                && !String.valueOf(refusal.getMessage()).startsWith("sender address");
    }

    private Uni<Void> log(UUID id, MailRows.Letter letter) {
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

    private static String subject(MailRows.Letter letter) {
        return "Invite to " + letter.organization();
    }

    private static TemplateInstance text(MailRows.Letter letter, String link) {
        return InviteTemplates.text(letter.organization(), link, end(letter));
    }

    private static TemplateInstance html(MailRows.Letter letter, String link) {
        return InviteTemplates.html(letter.organization(), link, end(letter));
    }

    private static String end(MailRows.Letter letter) {
        Instant end = letter.state().expiresAt();
        return END.format(end);
    }
}
