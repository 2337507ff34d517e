package dev.roster.access.reset;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Issuer;
import dev.roster.mail.Letter;
import dev.roster.mail.Post;
import dev.roster.mail.Sender;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.outbox.OutboxTopic;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Works through requests for a new password, away from who made them: the account gets a link that ends the one before, or
 * is told why there is none. Each attempt to send the mail makes another link, as only the digest is kept.
 */
@ApplicationScoped
public class ResetMail implements OutboxTopic {
    static final String TOPIC = "password-reset";
    static final String USER = "user";
    static final String UNTIL = "until";

    // A message that is tried again after a newer one was sent opens nothing any more; one that opens its link again is
    // one act, and that is looked for before, since Citus does one part after the other. The account is held before the
    // link, as whoever changes it does. Who is deactivated hears nothing
    private static final String OPEN = """
            WITH account AS (
              SELECT u.organization_id, u.id, u.email, u.username, u.status, u.oauth_provider IS NULL AS has_password,
                     o.display_name, o.support_url
                FROM users u JOIN organizations o ON o.id = u.organization_id
               WHERE u.organization_id = $1 AND u.id = $2 AND u.kind = 'person' AND u.email IS NOT NULL
                 AND u.status IN ('active', 'pending_sign_up') AND o.status = 'active'
                 FOR KEY SHARE OF u),
            known AS MATERIALIZED (
              SELECT r.id FROM password_resets r WHERE r.organization_id = $1 AND r.id = $2 AND r.request_id = $3),
            opened AS (
              INSERT INTO password_resets AS r (organization_id, id, request_id, digest, email, expires_at, created_at)
              SELECT CAST($1 AS uuid), id, $3, $4, email, $5, $6 FROM account WHERE status = 'active' AND has_password
                  ON CONFLICT ON CONSTRAINT password_resets_pk DO UPDATE
                 SET request_id = excluded.request_id, digest = excluded.digest, email = excluded.email,
                     expires_at = excluded.expires_at
               WHERE r.request_id <= excluded.request_id
              RETURNING id),
            %s
            SELECT a.email, a.username, a.display_name, a.status, a.has_password, EXISTS (SELECT FROM opened), a.support_url
              FROM account a
            """.formatted(
                    AuditLog.cte("$1", "$7", "EXISTS (SELECT FROM opened) AND NOT EXISTS (SELECT FROM known)", "'{}'"));

    private final Pool database;
    private final AuditLog audit;
    private final Post post;
    private final Clock clock;
    private final String linkUrl;

    ResetMail(Pool database, AuditLog audit, Post post, Clock clock, ResetSettings settings, Issuer issuer) {
        this.database = database;
        this.audit = audit;
        this.post = post;
        this.clock = clock;
        linkUrl = settings.linkUrl().orElse(issuer.url() + "/password/reset");
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Uni<Boolean> send(OutboxMessage message) {
        Instant end = Instant.parse(message.payload().getString(UNTIL));
        return clock.instant().isBefore(end)
                ? open(message, UUID.fromString(message.payload().getString(USER)), end)
                : Uni.createFrom().item(false);
    }

    private Uni<Boolean> open(OutboxMessage message, UUID user, Instant end) {
        OpaqueSecret code = OpaqueSecret.random(message.organizationId());
        AuditEvent requested = AuditEvent.of(message.organizationId(), AuditType.USER_PASSWORD_RESET_REQUESTED)
                .onAccount(user)
                .with("expires_at", end);
        Tuple values = Tuple.tuple()
                .addUUID(message.organizationId())
                .addUUID(user)
                .addUUID(message.id())
                .addValue(code.digest())
                .addOffsetDateTime(Rows.utc(end))
                .addOffsetDateTime(Rows.now(clock))
                .addString(audit.rows(requested));
        return database.preparedQuery(OPEN)
                .execute(values)
                .map(rows -> Rows.first(rows, row -> letter(row, code, end)).flatMap(found -> found))
                .chain(letter -> letter.map(
                                written -> post.send(message.id(), written).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Optional<Letter> letter(Row row, OpaqueSecret code, Instant end) {
        String recipient = row.getString(0);
        Sender from = new Sender(row.getString(2), row.getString(6));
        String subject = "Your account at " + from.name();
        if (!row.getBoolean(4)) {
            return Optional.of(new Letter(
                    recipient, subject, ResetTemplates.elsewhereText(from), ResetTemplates.elsewhereHtml(from)));
        }
        if (!row.getString(3).equals("active")) {
            return Optional.of(
                    new Letter(recipient, subject, ResetTemplates.invitedText(from), ResetTemplates.invitedHtml(from)));
        }
        String link = Letter.link(linkUrl, code.value());
        String username = row.getString(1);
        String until = Letter.time(end);
        return Optional.of(new Letter(
                        recipient,
                        "A new password at " + from.name(),
                        ResetTemplates.linkText(from, username, link, until),
                        ResetTemplates.linkHtml(from, username, link, until)))
                .filter(letter -> row.getBoolean(5));
    }
}
