package dev.roster.invite;

import dev.roster.access.token.LinkPurpose;
import dev.roster.access.token.LinkToken;
import dev.roster.access.token.LinkTokens;
import dev.roster.caller.Brand;
import dev.roster.caller.Role;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The codes in the links of invites, which stand for their tokens. Looking at an invite by one changes nothing. */
@ApplicationScoped
public class InviteCodes {
    private static final String ADD = """
            INSERT INTO invite_codes (organization_id, digest, invite_id, token_id, expires_at)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String FIND = """
            SELECT i.status, i.token_id, i.expires_at, o.name, i.email, o.status = 'active', o.generation,
                   c.token_id, c.expires_at, i.id, o.display_name, coalesce(inviter.display_name, inviter.username, ''),
                   coalesce(i.display_name, ''), i.role, o.logo_digest, o.support_url
              FROM invite_codes c
              JOIN invites i ON i.organization_id = c.organization_id AND i.id = c.invite_id
              JOIN organizations o ON o.id = i.organization_id
              LEFT JOIN users inviter ON inviter.organization_id = i.organization_id AND inviter.id = i.invited_by
             WHERE c.organization_id = $1 AND c.digest = $2
            """;

    // So long a link that is opened late says that it has expired, and not that nobody knows it
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private record Found(InviteReads.CurrentInvite invite, InvitePreview preview) {}

    private final Pool database;
    private final LinkTokens tokens;
    private final Clock clock;

    InviteCodes(Pool database, LinkTokens tokens, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Deletes those of links that ended long ago; those of other mails go with what they open. */
    @Produces
    @Singleton
    static Cleaner ended(Pool database, Clock clock) {
        return new Cleaner(
                "InviteCodeCleaner",
                database,
                Duration.ofHours(1),
                new PastOfOrganizations("invite_codes", "digest", "expires_at", "<=", () -> clock.instant()
                        .minus(REMEMBERED)));
    }

    /** A new code for a token. */
    Uni<String> add(LinkToken token) {
        OpaqueSecret code = OpaqueSecret.random(token.organizationId());
        return database.preparedQuery(ADD).execute(Tuple.from(row(code, token))).replaceWith(code.value());
    }

    /** A new code for the token of an invite that the caller's transaction has written. */
    static Uni<String> addTo(LinkToken token) {
        OpaqueSecret code = OpaqueSecret.random(token.organizationId());
        return SessionSql.update(ADD, row(code, token)).replaceWith(code.value());
    }

    private static Object[] row(OpaqueSecret code, LinkToken token) {
        return new Object[] {
            token.organizationId(), code.digest(), token.subjectId(), token.id(), Rows.utc(token.expiresAt())
        };
    }

    /**
     * The invite of a code; {@code invite_not_found}, {@code invite_expired}, {@code invite_revoked}, {@code
     * invite_used}, {@code invite_resent}, {@code organization_deactivated}.
     */
    public Uni<InvitePreview> preview(String code) {
        return OpaqueSecret.read(code)
                .map(this::find)
                .orElseThrow(ErrorCode.INVITE_NOT_FOUND::refusal)
                .invoke(found ->
                        found.invite().requireAcceptable(found.preview().token().id(), clock.instant()))
                .map(Found::preview);
    }

    /** The name of the organization whose invite a code is of, be that over; empty where the code is not known. */
    public Uni<Optional<String>> organization(String code) {
        return OpaqueSecret.read(code)
                .map(secret -> Rows.first(
                        database, FIND, Tuple.of(secret.organizationId(), secret.digest()), row -> row.getString(3)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /** The token that accepts the invite of a code, as the link has it behind the hash sign; fails as the preview does. */
    public Uni<String> token(String code) {
        return preview(code).chain(invite -> tokens.sign(LinkPurpose.INVITE, invite.token()));
    }

    private Uni<Found> find(OpaqueSecret code) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(code.organizationId(), code.digest()))
                .map(rows ->
                        Rows.first(rows, row -> found(code, row)).orElseThrow(ErrorCode.INVITE_NOT_FOUND::refusal));
    }

    private static Found found(OpaqueSecret code, Row row) {
        LinkToken token = new LinkToken(code.organizationId(), row.getUUID(9), row.getUUID(7), Rows.instant(row, 8));
        InvitePreview preview = new InvitePreview(
                token,
                Brand.of(code.organizationId(), row.getString(10), row.getString(14), row.getString(15)),
                row.getString(3),
                row.getString(11),
                row.getString(4),
                row.getString(12),
                Role.of(row.getString(13)).orElseThrow());
        return new Found(InviteRows.current(row), preview);
    }
}
