package dev.roster.access.client;

import dev.roster.platform.persistence.Rows;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A secret of a service account, without the secret itself.
 *
 * @param name what it is for
 * @param clientId the public identifier that it belongs to
 * @param expiresAt null where it does not expire
 * @param lastUsedAt when a token was last got with it; null where none ever was
 */
public record SecretView(
        UUID id, String name, String clientId, Instant createdAt, Instant expiresAt, Instant lastUsedAt) {

    /** Of a row of id, name, client id, creation, expiry and last use. */
    public static SecretView of(Row row) {
        return new SecretView(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                Rows.instant(row, 3),
                Rows.instant(row, 4),
                Rows.instant(row, 5));
    }

    static SecretView of(Client client) {
        return new SecretView(
                client.id, client.name, client.clientId, client.createdAt, client.expiresAt, client.lastUsedAt);
    }
}
