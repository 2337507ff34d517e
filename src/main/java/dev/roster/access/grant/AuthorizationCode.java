package dev.roster.access.grant;

import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.user.User;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** An authorization code (RFC 6749 section 4.1.2), of which the digest alone is kept. */
@Entity
@Table(name = "authorization_codes")
public class AuthorizationCode extends OrganizationRow {
    /** SHA-256 of the code. */
    public byte[] digest;

    @Column(name = "application_id")
    public UUID applicationId;

    @Column(name = "user_id")
    public UUID userId;

    /** The session of the browser that it was given in. */
    @Column(name = "browser_session_id")
    public UUID browserSessionId;

    @Column(name = "redirect_uri")
    public String redirectUri;

    /** Of the method S256 (RFC 7636 section 4.2). */
    @Column(name = "code_challenge")
    public String codeChallenge;

    public String[] scopes;

    @Column(name = "authenticated_at")
    public Instant authenticatedAt;

    @Column(name = "expires_at")
    public Instant expiresAt;

    @Column(name = "used_at")
    public Instant usedAt;

    /** What its use gave; null before. */
    @Column(name = "grant_id")
    public UUID grantId;

    /** Whose it is; null where there is none. Not the row itself: that is read once its account is locked. */
    static Uni<UUID> owner(UUID organizationId, byte[] digest) {
        return Panache.getSession().chain(session -> session.createQuery(
                        "select userId from AuthorizationCode where organizationId = ?1 and digest = ?2", UUID.class)
                .setParameter(1, organizationId)
                .setParameter(2, digest)
                .getSingleResultOrNull());
    }

    /** Forgets those for an application that a locked account has not used yet. */
    static Uni<Void> forget(User account, UUID applicationId) {
        return delete(
                        "organizationId = ?1 and userId = ?2 and applicationId = ?3 and usedAt is null",
                        account.organizationId,
                        account.id,
                        applicationId)
                .replaceWithVoid();
    }

    static Uni<AuthorizationCode> of(UUID organizationId, byte[] digest) {
        return AuthorizationCode.<AuthorizationCode>find("organizationId = ?1 and digest = ?2", organizationId, digest)
                .firstResult();
    }
}
