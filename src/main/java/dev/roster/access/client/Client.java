package dev.roster.access.client;

import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.SignInClientId;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An OAuth2 client of an account (RFC 6749 section 2): several per account, so that secrets rotate
 * with overlap.
 */
@Entity
@Table(name = "clients")
public class Client extends OrganizationRow {
    @Column(name = "user_id")
    public UUID userId;

    /** The public identifier, unique in the installation. */
    @Column(name = "client_id")
    public String clientId;

    public String name;

    /** SHA-256 of the secret, which itself is never kept. */
    @Column(name = "secret_digest")
    public byte[] secretDigest;

    /**
     * Whether its tokens may carry the {@code system} scope: the first client of an installation
     * only.
     */
    @Column(name = "is_system")
    public boolean system;

    @Column(name = "expires_at")
    public Instant expiresAt;

    @Column(name = "last_used_at")
    public Instant lastUsedAt;

    @Column(name = "revoked_at")
    public Instant revokedAt;

    // Whose secret nobody knows is neither shown nor counted
    private static final String SHOWN =
            "organizationId = ?1 and userId = ?2 and revokedAt is null and clientId not like '"
                    + SignInClientId.PREFIX
                    + "%'";

    /** A new one of an account, which has no secret yet. */
    static Client of(User account, String clientId, String name, Instant now) {
        Client client = new Client();
        client.organizationId = account.organizationId;
        client.id = Uuids.v7(now);
        client.userId = account.id;
        client.clientId = clientId;
        client.name = name;
        client.createdAt = now;
        return client;
    }

    /** A client of an account that is not revoked; null where there is none. */
    static Uni<Client> findShown(UUID organizationId, UUID userId, UUID id) {
        return UniqueRow.of(Client.<Client>find(SHOWN + " and id = ?3", organizationId, userId, id));
    }

    /** The clients of an account that are not revoked, but for the one that it signs in through. */
    static Uni<List<Client>> shownOf(UUID organizationId, UUID userId) {
        return Client.list(SHOWN, organizationId, userId);
    }

    /** The public identifiers of the clients of an account, revoked or not. */
    static Uni<List<String>> idsOf(UUID organizationId, UUID userId) {
        return find("select clientId from Client where organizationId = ?1 and userId = ?2", organizationId, userId)
                .project(String.class)
                .list();
    }

    /** The client of this public identifier, revoked or not; null where there is none. */
    static Uni<Client> named(UUID organizationId, String clientId) {
        return UniqueRow.of(Client.<Client>find("organizationId = ?1 and clientId = ?2", organizationId, clientId));
    }

    /** Whether its secret gets tokens, as far as the client decides it. */
    boolean isUsable(Instant now) {
        return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
    }

    /** How many clients of an account can get a token with their secret. */
    static Uni<Long> countUsable(UUID organizationId, UUID userId, Instant now) {
        return count(SHOWN + " and (expiresAt is null or expiresAt > ?3)", organizationId, userId, now);
    }

    /** Lets the clients of an account that end later, or never, end at the given time. */
    static Uni<Void> endAll(UUID organizationId, UUID userId, Instant end) {
        return update(
                        "expiresAt = ?1 where organizationId = ?2 and userId = ?3 and revokedAt is null"
                                + " and (expiresAt is null or expiresAt > ?1)",
                        end,
                        organizationId,
                        userId)
                .replaceWithVoid();
    }

    /**
     * {@code used_client (user_id, id)} of a {@code WITH} clause, noted as used by the account before it;
     * empty where it is revoked or has expired, or its end is another by now.
     */
    public static String used(String organization, String client, String now, String end) {
        return """
            used_client AS (
              UPDATE clients c SET last_used_at = %2$s FROM account a
               WHERE c.organization_id = %3$s AND c.user_id = a.id AND c.id = %1$s
                 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > %2$s)
                 AND c.expires_at IS NOT DISTINCT FROM CAST(%4$s AS timestamptz)
              RETURNING c.user_id, c.id)
            """.formatted(client, now, organization, end);
    }
}
