package dev.roster.mail;

import dev.roster.caller.Issuer;
import dev.roster.platform.outbox.Undeliverable;
import dev.roster.platform.validation.EmailKey;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Hands letters to the mail server, or tells the log where there is none. */
@Startup
@ApplicationScoped
public class Post {
    private static final Logger LOG = Logger.getLogger(Post.class);

    // What the client says was refused; the greeting, a sign-in and the sender are the service's, whatever the mail
    private static final String RECIPIENT = "recipient address not accepted";
    private static final List<String> OF_A_MAIL =
            List.of(RECIPIENT, "DATA command not accepted", "sending data failed");

    // A sign-in that is missing (RFC 4954 section 6), which relays may say no sooner than here
    private static final int NO_SIGN_IN = 530;

    // RFC 3463 section 3.8: a client that the relay does not know, which it may say no sooner than of a recipient
    private static final Pattern OF_SECURITY = Pattern.compile("^(\\d{3}[ -])?5\\.7\\.\\d");

    // Behind the text the first two may be of that. The others are of a sender, a sign-in, a signature or an address:
    // 5.7.8, 5.7.9 and 5.7.20 to 5.7.29 in the registry of RFC 5248, 5.7.57 and 5.7.60 of Microsoft
    private static final Pattern OF_SENDER = Pattern.compile("^(\\d{3}[ -])?5\\.7\\.(?![01]\\b)\\d");

    private final ReactiveMailer mailer;
    private final boolean hasServer;
    private final String domain;

    Post(
            ReactiveMailer mailer,
            MailSettings settings,
            @ConfigProperty(name = "quarkus.mailer.port") int port,
            Issuer issuer) {
        this.mailer = mailer;
        hasServer = settings.host().isPresent();
        settings.host().ifPresent(host -> SlowRelays.end(host, port, MailSettings.LONGEST_CONNECTION));
        domain = URI.create(issuer.url()).getHost();
    }

    /** Whether letters are sent at all. */
    public boolean hasServer() {
        return hasServer;
    }

    /**
     * Sends a letter; {@link Undeliverable} where the relay takes it from nobody.
     *
     * @param id the same at every attempt: it makes the Message-ID (RFC 5322 section 3.6.4), by
     *     which a mail that comes twice is known
     */
    public Uni<Void> send(UUID id, Letter letter) {
        return hasServer ? mail(id, letter) : log(id, letter.subject());
    }

    private Uni<Void> mail(UUID id, Letter letter) {
        // The client speaks no SMTPUTF8 (RFC 6531), without which there are only ASCII mailboxes
        Optional<String> mailbox = EmailKey.mailbox(letter.recipient())
                .filter(address -> address.chars().allMatch(c -> c < 128));
        if (mailbox.isEmpty()) {
            return Uni.createFrom().failure(new Undeliverable(null));
        }
        return Uni.combine()
                .all()
                .unis(letter.text().createUni(), letter.html().createUni())
                .asTuple()
                .map(parts -> new Mail()
                        .addTo(mailbox.get())
                        .setSubject(letter.subject())
                        .setText(parts.getItem1())
                        .setHtml(parts.getItem2())
                        .addHeader("Message-ID", "<" + id + "@" + domain + ">")
                        // RFC 3834 section 5: no automatic answers, please
                        .addHeader("Auto-Submitted", "auto-generated"))
                .chain(mail -> mailer.send(mail))
                .ifNoItem()
                .after(MailSettings.LONGEST_ATTEMPT)
                .fail()
                .onFailure(Post::isRefused)
                .transform(Undeliverable::new);
    }

    /** Whether the relay refuses the mail (RFC 5321 section 4.2.1), and not the service itself. */
    private static boolean isRefused(Throwable failure) {
        if (!(failure instanceof SMTPException refusal)
                || !refusal.isPermanent()
                || refusal.getReplyCode() == NO_SIGN_IN) {
            return false;
        }
        String refused = String.valueOf(refusal.getMessage());
        Pattern ofService = refused.startsWith(RECIPIENT) ? OF_SECURITY : OF_SENDER;
        boolean isOfService = refusal.getReplyMessages().stream().anyMatch(ofService.asPredicate());
        return !isOfService && OF_A_MAIL.stream().anyMatch(refused::startsWith);
    }

    // No more than that: a link in the text is what one signs in with
    private static Uni<Void> log(UUID id, String subject) {
        LOG.infof("Without ROSTER_MAIL_HOST, mail %s is not sent: %s", id, subject);
        return Uni.createFrom().voidItem();
    }
}
