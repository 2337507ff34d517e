package dev.roster.access.grant;

import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.session.ApplicationAudience;
import dev.roster.access.session.Session;
import dev.roster.access.token.Introspection;
import dev.roster.caller.Issuer;
import dev.roster.caller.Role;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** Says what a refresh token that nobody has used yet is good for: that it is, where it would give another token. */
@ApplicationScoped
class RefreshReads {
    private static final String FIND = """
            SELECT u.id, u.username, u.role, g.foreign_role, g.scopes, t.created_at, s.expires_at, s.id
              FROM refresh_tokens t
              JOIN application_grants g ON g.organization_id = t.organization_id AND g.id = t.grant_id
              JOIN applications a ON a.organization_id = g.organization_id AND a.id = g.application_id
                                  AND a.removed_at IS NULL
              JOIN sessions s ON s.organization_id = t.organization_id AND s.id = t.grant_id
              JOIN users u ON u.organization_id = s.organization_id AND u.id = s.user_id
              JOIN organizations o ON o.id = s.organization_id
             WHERE t.organization_id = $1 AND t.digest = $2 AND g.application_id = $3 AND t.used_at IS NULL
               AND s.ended_at IS NULL AND s.expires_at > $4 AND u.status = 'active' AND %s AND %s
            """.formatted(Session.isOfPresent("s", "o"), ApplicationAudience.has("u.id"));

    private final Pool database;
    private final Issuer issuer;
    private final Clock clock;

    RefreshReads(Pool database, Issuer issuer, Clock clock) {
        this.database = database;
        this.issuer = issuer;
        this.clock = clock;
    }

    Uni<Introspection> introspect(AuthenticatedApplication application, String token) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(application.organizationId(), Sha256.of(token), application.id(), Rows.now(clock)))
                .map(rows -> Rows.first(rows, row -> describe(application, row)).orElse(Introspection.INACTIVE));
    }

    private Introspection describe(AuthenticatedApplication application, Row row) {
        Role role = Role.of(row.getString(2))
                .orElseThrow()
                .atMost(Role.of(row.getString(3)).orElse(null));
        Collection<String> scopes = ApplicationAccess.present(application, role, List.of(row.getArrayOfStrings(4)));
        return scopes.isEmpty()
                ? Introspection.INACTIVE
                : Introspection.ofRefreshToken(
                        String.join(" ", scopes),
                        application.clientId(),
                        row.getString(1),
                        Rows.instant(row, 6).getEpochSecond(),
                        Rows.instant(row, 5).getEpochSecond(),
                        row.getUUID(0),
                        issuer.url(),
                        row.getUUID(7));
    }
}
