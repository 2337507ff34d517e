package dev.roster.email;

import dev.roster.access.token.LinkToken;
import dev.roster.caller.Brand;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** The codes in the links that confirm an address, which stand for their tokens; looking by one changes nothing. */
@ApplicationScoped
public class EmailChangeCodes {
    private static final String ADD = """
            INSERT INTO email_change_codes (organization_id, digest, user_id, token_id) VALUES ($1, $2, $3, $4)
            """;

    private static final String FIND = """
            SELECT e.id, e.token_id, e.expires_at, o.display_name, e.email, o.logo_digest, o.support_url
              FROM email_change_codes c
              JOIN email_changes e
                ON e.organization_id = c.organization_id AND e.id = c.user_id AND e.token_id = c.token_id
              JOIN organizations o ON o.id = e.organization_id
             WHERE c.organization_id = $1 AND c.digest = $2 AND e.expires_at > $3
            """;

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

    /** The change of a code; {@code email_change_ended}. */
    public Uni<EmailChangePreview> preview(String code) {
        OpaqueSecret secret = OpaqueSecret.read(code).orElseThrow(EmailChangeCodes::ended);
        return database.preparedQuery(FIND)
                .execute(Tuple.of(secret.organizationId(), secret.digest(), Rows.now(clock)))
                .map(rows -> Rows.first(rows, row -> preview(secret, row)).orElseThrow(EmailChangeCodes::ended));
    }

    private static EmailChangePreview preview(OpaqueSecret code, Row row) {
        LinkToken token = new LinkToken(code.organizationId(), row.getUUID(0), row.getUUID(1), Rows.instant(row, 2));
        Brand brand = Brand.of(code.organizationId(), row.getString(3), row.getString(5), row.getString(6));
        return new EmailChangePreview(token, brand, row.getString(4));
    }

    private static RosterException ended() {
        return RosterException.of(ErrorCode.EMAIL_CHANGE_ENDED);
    }
}
