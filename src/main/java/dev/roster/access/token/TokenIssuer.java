package dev.roster.access.token;

import dev.roster.access.session.OpenSession;
import dev.roster.access.signing.TokenSigner;
import dev.roster.caller.Issuer;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/** Writes and signs access tokens (RFC 9068 section 2). */
@ApplicationScoped
public class TokenIssuer {
    private final TokenSigner signer;
    private final Issuer issuer;

    TokenIssuer(TokenSigner signer, Issuer issuer) {
        this.signer = signer;
        this.issuer = issuer;
    }

    /**
     * A signed token.
     *
     * @param scope names separated by spaces
     * @param issuedAt in whole seconds
     */
    Uni<String> issue(TokenSubject subject, OpenSession session, String scope, Instant issuedAt, Instant expiresAt) {
        // Each is given for a proof just made: a client's secret, a password, an invite's link
        return issue(subject, session, scope, issuedAt, expiresAt, issuedAt);
    }

    /**
     * A signed token for a proof made before.
     *
     * @param scope names separated by spaces
     * @param issuedAt in whole seconds
     * @param authenticatedAt the epoch where that is not known
     */
    public Uni<String> issue(
            TokenSubject subject,
            OpenSession session,
            String scope,
            Instant issuedAt,
            Instant expiresAt,
            Instant authenticatedAt) {
        JwtClaims claims = claims(subject, session, scope, issuedAt, expiresAt);
        claims.setJwtId(Uuids.v7(issuedAt).toString());
        CallerClaims.setAuthenticatedAt(claims, authenticatedAt);
        return signer.sign(claims, TokenVerifier.TYPE);
    }

    /**
     * A signed API key, which is its own client and whose first characters are its own.
     *
     * @param scope names separated by spaces
     * @param issuedAt in whole seconds
     */
    public Uni<String> issueKey(
            TokenSubject subject, OpenSession session, String scope, Instant issuedAt, Instant expiresAt) {
        JwtClaims claims = claims(subject, session, scope, issuedAt, expiresAt);
        claims.setJwtId(subject.clientId());
        claims.setClaim(CallerClaims.API_KEY, true);
        return signer.signNamed(claims, TokenVerifier.TYPE, subject.clientId());
    }

    /**
     * A signed token that says what another one does, for another time.
     *
     * @param issuedAt in whole seconds
     */
    Uni<String> reissue(JwtClaims claims, Instant issuedAt, Instant expiresAt) {
        claims.setIssuedAt(NumericDate.fromSeconds(issuedAt.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        claims.setJwtId(Uuids.v7(issuedAt).toString());
        return signer.sign(claims, TokenVerifier.TYPE);
    }

    private JwtClaims claims(
            TokenSubject subject, OpenSession session, String scope, Instant issuedAt, Instant expiresAt) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer.url());
        claims.setAudience(issuer.audience());
        claims.setSubject(subject.userId().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(issuedAt.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        claims.setStringClaim(CallerClaims.CLIENT_ID, subject.clientId());
        claims.setStringClaim(CallerClaims.SESSION_ID, session.id().toString());
        claims.setStringClaim(
                CallerClaims.ORGANIZATION_ID, subject.organizationId().toString());
        claims.setStringClaim(CallerClaims.ORGANIZATION, subject.organization());
        claims.setStringClaim(CallerClaims.SCOPE, scope);
        claims.setClaim(CallerClaims.GENERATION, session.generation());
        if (subject.organizationGeneration() > 0) {
            claims.setClaim(CallerClaims.ORGANIZATION_GENERATION, subject.organizationGeneration());
        }
        claims.setStringListClaim(CallerClaims.GROUPS, List.of(subject.role().value()));
        return claims;
    }
}
