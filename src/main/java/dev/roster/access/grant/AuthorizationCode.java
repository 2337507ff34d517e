package dev.roster.access.grant;

import dev.roster.platform.persistence.Rows;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An authorization code (RFC 6749 section 4.1.2) as it is kept.
 *
 * @param challenge of the method S256 (RFC 7636 section 4.2)
 * @param nonce comes back in the ID token (OpenID Connect Core section 3.1.2.1); null where none was sent
 * @param authenticatedAt when the person proved who it is; the epoch where that is not known
 * @param used whether its application has come with it
 * @param reused whether that has happened again
 */
record AuthorizationCode(
        UUID organizationId,
        UUID id,
        UUID applicationId,
        UUID userId,
        String redirectUri,
        String challenge,
        List<String> scopes,
        String nonce,
        Instant authenticatedAt,
        Instant expiresAt,
        boolean used,
        boolean reused) {
    static final String SELECT = """
            SELECT c.organization_id, c.id, c.application_id, c.user_id, c.redirect_uri,
                   c.code_challenge, c.scopes, c.nonce, c.authenticated_at, c.expires_at,
                   c.used_at IS NOT NULL, c.reused_at IS NOT NULL
              FROM authorization_codes c
            """;

    static AuthorizationCode of(Row row) {
        return new AuthorizationCode(
                row.getUUID(0),
                row.getUUID(1),
                row.getUUID(2),
                row.getUUID(3),
                row.getString(4),
                row.getString(5),
                List.of(row.getArrayOfStrings(6)),
                row.getString(7),
                Rows.instant(row, 8),
                Rows.instant(row, 9),
                row.getBoolean(10),
                row.getBoolean(11));
    }
}
