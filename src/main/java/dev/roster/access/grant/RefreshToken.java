package dev.roster.access.grant;

import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.Uuids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A refresh token (RFC 6749 section 1.5), of which the digest alone is kept, also once it has been used. */
@Entity
@Table(name = "refresh_tokens")
public class RefreshToken extends OrganizationRow {
    /** Lets secret scanners find one, and the endpoints tell it from an access token. */
    static final String PREFIX = "rsr_";

    private static final String OWNER = """
            select s.userId from RefreshToken t join Session s on s.organizationId = t.organizationId and s.id = t.grantId
             where t.organizationId = ?1 and t.digest = ?2
            """;

    @Column(name = "grant_id")
    public UUID grantId;

    /** SHA-256 of the token. */
    public byte[] digest;

    /** What the next token is made of, beside this one; null before this one is used. */
    public String salt;

    @Column(name = "used_at")
    public Instant usedAt;

    /** Whether a text is meant to be one, good or not. */
    static boolean isOne(String text) {
        return text.startsWith(PREFIX);
    }

    static RefreshToken of(UUID organizationId, UUID grantId, String token, Instant now) {
        RefreshToken kept = new RefreshToken();
        kept.organizationId = organizationId;
        kept.id = Uuids.v7(now);
        kept.grantId = grantId;
        kept.digest = Sha256.of(token);
        kept.createdAt = now;
        return kept;
    }

    /**
     * The token behind a used one, the same each time: nobody can work it out who does not know the used one, and nobody
     * who knows that alone.
     *
     * @param salt 256 random bits
     */
    static String next(String token, String salt) {
        return PREFIX + Sha256.base64url(salt + "." + token);
    }

    /** Whose it is; null where there is none. */
    static Uni<UUID> owner(UUID organizationId, String token) {
        return Panache.getSession().chain(session -> session.createQuery(OWNER, UUID.class)
                .setParameter(1, organizationId)
                .setParameter(2, Sha256.of(token))
                .getSingleResultOrNull());
    }

    static Uni<RefreshToken> find(UUID organizationId, String token) {
        return UniqueRow.of(RefreshToken.<RefreshToken>find(
                "organizationId = ?1 and digest = ?2", organizationId, Sha256.of(token)));
    }
}
