package dev.roster.oauth;

import dev.roster.client.AuthenticatedClient;
import dev.roster.platform.persistence.Uuids;
import dev.roster.security.CallerClaims;
import dev.roster.security.Issuer;
import dev.roster.security.SigningKeys;
import dev.roster.security.TokenVerifier;
import dev.roster.session.OpenSession;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/** Writes and signs access tokens (RFC 9068 section 2). */
@ApplicationScoped
public class TokenIssuer {
    private final SigningKeys keys;
    private final Issuer issuer;

    TokenIssuer(SigningKeys keys, Issuer issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /**
     * A signed token.
     *
     * @param scope names separated by spaces
     * @param issuedAt in whole seconds
     */
    String issue(
            AuthenticatedClient client,
            OpenSession session,
            String scope,
            Instant issuedAt,
            Instant expiresAt) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer.url());
        claims.setAudience(issuer.audience());
        claims.setSubject(client.userId().toString());
        claims.setJwtId(Uuids.v7(issuedAt).toString());
        claims.setIssuedAt(NumericDate.fromSeconds(issuedAt.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        claims.setStringClaim(CallerClaims.CLIENT_ID, client.clientId());
        claims.setStringClaim(CallerClaims.SESSION_ID, session.id().toString());
        claims.setStringClaim(CallerClaims.ORGANIZATION_ID, client.organizationId().toString());
        claims.setStringClaim(CallerClaims.ORGANIZATION, client.organization());
        claims.setStringClaim(CallerClaims.SCOPE, scope);
        claims.setClaim(CallerClaims.GENERATION, session.generation());
        claims.setStringListClaim(CallerClaims.GROUPS, List.of(client.role().value()));
        return keys.sign(claims, TokenVerifier.TYPE);
    }
}
