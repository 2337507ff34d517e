package dev.roster.email;

import dev.roster.access.token.LinkToken;
import dev.roster.caller.Brand;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.digest.SentForm;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** The codes in the links that confirm an address, which stand for their tokens; looking by one changes nothing. */
@ApplicationScoped
public class EmailChangeCodes {
    private static final String ADD = """
            INSERT INTO email_change_codes (organization_id, digest, user_id, token_id) VALUES ($1, $2, $3, $4)
            """;

    private static final String FIND = """
            SELECT e.id, e.token_id, e.expires_at, o.display_name, e.email, o.logo_digest, o.support_url,
                   o.name, u.username
              FROM email_change_codes c
              JOIN email_changes e
                ON e.organization_id = c.organization_id AND e.id = c.user_id AND e.token_id = c.token_id
              JOIN organizations o ON o.id = e.organization_id
              JOIN users u ON u.organization_id = e.organization_id AND u.id = e.id
             WHERE c.organization_id = $1 AND c.digest = $2 AND e.expires_at > $3
            """;

    // The change has gone with what followed from it; this one opens nothing, and is cleaned as others that have ended
    private static final String USED_CHANGE = """
            INSERT INTO email_changes (organization_id, id, email, token_id, expires_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $5)
                ON CONFLICT ON CONSTRAINT email_changes_pk DO UPDATE SET expires_at = excluded.expires_at
            """;

    private static final String IS_USED = """
            SELECT EXISTS (
              SELECT FROM email_change_codes c
                JOIN email_changes e
                  ON e.organization_id = c.organization_id AND e.id = c.user_id AND e.token_id = c.token_id
                JOIN users u ON u.organization_id = e.organization_id AND u.id = e.id AND u.email = e.email
               WHERE c.organization_id = $1 AND c.digest = $2)
            """;

    // Before now by every clock: nobody waits for it
    private static final Duration PAST = Duration.ofMinutes(5);

    private final Pool database;
    private final Clock clock;

    EmailChangeCodes(Pool database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A new code for a token. */
    Uni<String> add(LinkToken token) {
        OpaqueSecret code = OpaqueSecret.random(token.organizationId());
        return database.preparedQuery(ADD)
                .execute(Tuple.of(token.organizationId(), code.digest(), token.subjectId(), token.id()))
                .replaceWith(code.value());
    }

    /** Keeps, inside the transaction that has changed the address of a locked account, which form has done it. */
    Uni<Void> use(SentForm form, LinkToken token, User user) {
        Buffer digest = form.digest().orElseThrow();
        return SessionSql.update(
                        USED_CHANGE,
                        user.organizationId,
                        user.id,
                        user.email,
                        token.id(),
                        Rows.utc(clock.instant().minus(PAST)))
                .chain(() -> SessionSql.update(ADD, user.organizationId, digest, user.id, token.id()))
                .replaceWithVoid();
    }

    /** Whether this form has changed the address that its account has. */
    Uni<Boolean> isUsed(SentForm form, String code) {
        return OpaqueSecret.read(code)
                .map(secret -> database.preparedQuery(IS_USED)
                        .execute(Tuple.of(secret.organizationId(), form.digest().orElseThrow()))
                        .map(rows -> Rows.first(rows, row -> row.getBoolean(0)).orElseThrow()))
                .orElseGet(() -> Uni.createFrom().item(false));
    }

    /** The change of a code; {@code email_change_ended}. */
    public Uni<EmailChangePreview> preview(String code) {
        OpaqueSecret secret = OpaqueSecret.read(code).orElseThrow(ErrorCode.EMAIL_CHANGE_ENDED::refusal);
        return database.preparedQuery(FIND)
                .execute(Tuple.of(secret.organizationId(), secret.digest(), Rows.now(clock)))
                .map(rows -> Rows.first(rows, row -> preview(secret, row))
                        .orElseThrow(ErrorCode.EMAIL_CHANGE_ENDED::refusal));
    }

    private static EmailChangePreview preview(OpaqueSecret code, Row row) {
        LinkToken token = new LinkToken(code.organizationId(), row.getUUID(0), row.getUUID(1), Rows.instant(row, 2));
        Brand brand = Brand.of(code.organizationId(), row.getString(3), row.getString(5), row.getString(6));
        return new EmailChangePreview(token, brand, row.getString(7), row.getString(8), row.getString(4));
    }
}
