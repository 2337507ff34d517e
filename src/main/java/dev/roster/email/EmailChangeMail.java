package dev.roster.email;

import dev.roster.access.token.LinkPurpose;
import dev.roster.access.token.LinkToken;
import dev.roster.access.token.LinkTokens;
import dev.roster.caller.Issuer;
import dev.roster.mail.Letter;
import dev.roster.mail.Post;
import dev.roster.mail.Sender;
import dev.roster.platform.outbox.Outbox;
import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.outbox.OutboxTopic;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * The mail with the link that confirms a new address. As for invites, the outbox holds which token
 * to send and not the token.
 */
@ApplicationScoped
public class EmailChangeMail implements OutboxTopic {
    private static final String FIND = """
            SELECT e.email, e.expires_at, o.display_name, o.support_url, u.username
              FROM email_changes e JOIN organizations o ON o.id = e.organization_id
              JOIN users u ON u.organization_id = e.organization_id AND u.id = e.id
             WHERE e.organization_id = $1 AND e.id = $2 AND e.token_id = $3 AND e.expires_at > $4
            """;
    private static final String USER = "user";
    private static final String TOKEN = "token";

    private final Outbox outbox;
    private final Pool pool;
    private final LinkTokens tokens;
    private final EmailChangeCodes codes;
    private final Post post;
    private final Clock clock;
    private final String linkUrl;

    EmailChangeMail(
            Outbox outbox,
            Pool pool,
            LinkTokens tokens,
            EmailChangeCodes codes,
            Post post,
            Clock clock,
            EmailChangeSettings settings,
            Issuer issuer) {
        this.outbox = outbox;
        this.pool = pool;
        this.tokens = tokens;
        this.codes = codes;
        this.post = post;
        this.clock = clock;
        linkUrl = settings.linkUrl().orElse(issuer.url() + "/confirm-email");
    }

    /** Posts the mail inside the transaction that makes the change wait. */
    Uni<Void> post(EmailChange change) {
        return outbox.add(
                change.organizationId, topic(), Map.of(USER, change.id.toString(), TOKEN, change.tokenId.toString()));
    }

    @Override
    public String topic() {
        return "email-change";
    }

    @Override
    public Uni<Boolean> send(OutboxMessage message) {
        UUID user = UUID.fromString(message.payload().getString(USER));
        UUID token = UUID.fromString(message.payload().getString(TOKEN));
        Tuple values = Tuple.of(message.organizationId(), user, token, Rows.now(clock));
        return pool.preparedQuery(FIND)
                .execute(values)
                .map(rows -> Rows.first(
                        rows,
                        row -> letter(
                                row.getString(0),
                                new Sender(row.getString(2), row.getString(3)),
                                row.getString(4),
                                new LinkToken(message.organizationId(), user, token, Rows.instant(row, 1)))))
                .chain(found -> found.map(written -> written.chain(letter -> post.send(message.id(), letter))
                                .replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Letter> letter(String recipient, Sender from, String account, LinkToken token) {
        return codes.add(token)
                .chain(code -> tokens.link(linkUrl, code, LinkPurpose.EMAIL_CHANGE, token))
                .map(link -> letter(recipient, from, account, link, token));
    }

    // Whoever reads it may not be whose account it is, and confirms that all the same
    private Letter letter(String recipient, Sender from, String account, String link, LinkToken token) {
        String end = Letter.time(token.expiresAt());
        return new Letter(
                recipient,
                "Confirm your e-mail address at " + from.name(),
                EmailTemplates.confirmText(from, account, link, end),
                EmailTemplates.confirmHtml(from, account, link, end));
    }
}
