package dev.roster.access.grant;

import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.client.Secret;
import dev.roster.access.session.ApplicationSessions;
import dev.roster.access.session.Session;
import dev.roster.audit.AuditType;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.http.Origin;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives tokens for a code, once (RFC 9700 section 2.1.1): under the lock of the account, so that of any number of requests
 * on all replicas one is the first. What comes second ends what the first got (RFC 6749 section 4.1.2).
 */
@ApplicationScoped
class CodeExchange {
    private static final Uni<Optional<GrantedTokens>> REFUSED = Uni.createFrom().item(Optional.empty());

    private final ApplicationSessions sessions;
    private final ApplicationAccess access;
    private final Clock clock;

    CodeExchange(ApplicationSessions sessions, ApplicationAccess access, Clock clock) {
        this.sessions = sessions;
        this.access = access;
        this.clock = clock;
    }

    /** The tokens, inside the caller's transaction; empty where the code does not give any. */
    Uni<Optional<GrantedTokens>> exchange(AuthenticatedApplication application, CodeProof proof, Origin origin) {
        UUID organization = application.organizationId();
        byte[] digest = Sha256.of(proof.code());
        return AuthorizationCode.owner(organization, digest)
                .chain(owner -> owner == null
                        ? REFUSED
                        : User.lockById(organization, owner).chain(account -> AuthorizationCode.of(organization, digest)
                                .chain(code -> exchange(application, account, code, proof, origin))));
    }

    private Uni<Optional<GrantedTokens>> exchange(
            AuthenticatedApplication application,
            User account,
            AuthorizationCode code,
            CodeProof proof,
            Origin origin) {
        if (account == null || code == null || !code.applicationId.equals(application.id())) {
            return REFUSED;
        }
        if (code.usedAt != null) {
            return sessions.end(account, code.grantId, AuditType.TOKEN_REUSED, application.clientId())
                    .chain(() -> REFUSED);
        }
        if (!code.expiresAt.isAfter(clock.instant()) || !proof.fits(code)) {
            return REFUSED;
        }
        return isStillGood(application, account, code)
                .chain(good -> good ? grant(application, account, code, origin).map(Optional::of) : REFUSED);
    }

    private Uni<Boolean> isStillGood(AuthenticatedApplication application, User account, AuthorizationCode code) {
        return sessions.isOpen(account, code.browserSessionId)
                .chain(open -> open
                        ? access.isAllowed(application, account)
                        : Uni.createFrom().item(false));
    }

    private Uni<GrantedTokens> grant(
            AuthenticatedApplication application, User account, AuthorizationCode code, Origin origin) {
        Collection<String> scopes = ApplicationAccess.scopes(application, account, List.of(code.scopes));
        Instant now = clock.instant();
        String token = RefreshToken.next(Secret.random(), Secret.random());
        return sessions.open(account, application.id(), application.clientId(), origin, access.end())
                .map(session -> grant(session, code))
                .call(grant -> grant.persistAndFlush())
                .call(grant -> RefreshToken.of(grant.organizationId, grant.id, token, now)
                        .persistAndFlush())
                .invoke(grant -> {
                    code.usedAt = now;
                    code.grantId = grant.id;
                })
                .map(grant -> access.tokens(application, account, grant, scopes, token));
    }

    private static ApplicationGrant grant(Session session, AuthorizationCode code) {
        ApplicationGrant grant = new ApplicationGrant();
        grant.organizationId = session.organizationId;
        grant.id = session.id;
        grant.applicationId = code.applicationId;
        grant.scopes = code.scopes;
        grant.authenticatedAt = code.authenticatedAt;
        grant.createdAt = session.createdAt;
        return grant;
    }
}
