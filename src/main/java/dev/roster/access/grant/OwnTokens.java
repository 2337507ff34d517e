package dev.roster.access.grant;

import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.session.ApplicationSessions;
import dev.roster.access.token.Introspection;
import dev.roster.access.token.IssuedTokens;
import dev.roster.access.token.OAuthError;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.revocation.Revocations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What an application may ask and do about its own tokens, of both kinds: introspection (RFC 7662) and revocation (RFC 7009).
 * Those of others do not exist for it. All fail with {@link OAuthError}.
 */
@ApplicationScoped
public class OwnTokens {
    private final ApplicationGate gate;
    private final IssuedTokens issued;
    private final RefreshReads refreshTokens;
    private final RefreshRotation rotation;
    private final ApplicationSessions sessions;
    private final Revocations revocations;

    OwnTokens(
            ApplicationGate gate,
            IssuedTokens issued,
            RefreshReads refreshTokens,
            RefreshRotation rotation,
            ApplicationSessions sessions,
            Revocations revocations) {
        this.gate = gate;
        this.issued = issued;
        this.refreshTokens = refreshTokens;
        this.rotation = rotation;
        this.sessions = sessions;
        this.revocations = revocations;
    }

    /** What a token says and whether it is still good; who asks has to have proven a secret (RFC 7662 section 2.1). */
    public Uni<Introspection> introspect(ClientCredentials credentials, String token, Origin origin) {
        return gate.admit(credentials, origin)
                .invoke(application -> {
                    if (application.secretId() == null) {
                        throw OAuthError.invalidClient();
                    }
                })
                .chain(application -> RefreshToken.isOne(token)
                        ? refreshTokens.introspect(application, token)
                        : issued.introspect(application, token));
    }

    /** Ends the session of a token; there is nothing to do for one that is not good, or is another's. */
    public Uni<Void> revoke(ClientCredentials credentials, String token, Origin origin) {
        return gate.admit(credentials, origin).chain(application -> revoke(application, token));
    }

    private Uni<Void> revoke(AuthenticatedApplication application, String token) {
        return RefreshToken.isOne(token)
                // Whoever invents one has nobody wait
                ? rotation.revoke(application, token)
                        .chain(known -> known
                                ? revocations.heard(Uni.createFrom().voidItem())
                                : Uni.createFrom().voidItem())
                : issued.find(application, token).map(this::end).orElseGet(() -> Uni.createFrom()
                        .voidItem());
    }

    private Uni<Void> end(Caller caller) {
        // Its token proves whose an application without a secret is
        WorkOwner.set(caller.organizationId());
        return revocations.heard(UnitOfWork.transaction(() -> sessions.end(
                caller.organizationId(),
                caller.userId(),
                caller.sessionId(),
                AuditType.TOKEN_REVOKED,
                caller.clientId())));
    }
}
