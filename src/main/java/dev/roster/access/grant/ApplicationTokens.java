package dev.roster.access.grant;

import dev.roster.access.application.ApplicationSecrets;
import dev.roster.access.client.ApplicationAuthentication;
import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.token.OAuthError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.revocation.Revocations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What applications ask the token endpoint for: tokens for a code (RFC 6749 section 4.1.3), for a refresh token (section
 * 6), and the end of one (RFC 7009). All fail with {@link OAuthError}.
 */
@ApplicationScoped
public class ApplicationTokens {
    private final ApplicationAuthentication applications;
    private final ApplicationSecrets secrets;
    private final ApplicationAccess access;
    private final CodeExchange codes;
    private final RefreshRotation rotation;
    private final Revocations revocations;

    ApplicationTokens(
            ApplicationAuthentication applications,
            ApplicationSecrets secrets,
            ApplicationAccess access,
            CodeExchange codes,
            RefreshRotation rotation,
            Revocations revocations) {
        this.applications = applications;
        this.secrets = secrets;
        this.access = access;
        this.codes = codes;
        this.rotation = rotation;
        this.revocations = revocations;
    }

    /** Tokens for a code, once. */
    public Uni<GrantedTokens> exchange(ClientCredentials credentials, CodeProof proof, Origin origin) {
        return granted(admit(credentials, origin).chain(application -> codes.exchange(application, proof, origin)));
    }

    /**
     * Tokens for a refresh token, once.
     *
     * @param scope of the access token, names separated by spaces; empty asks for all that was granted
     */
    public Uni<GrantedTokens> refresh(
            ClientCredentials credentials, String token, Optional<String> scope, Origin origin) {
        return granted(admit(credentials, origin)
                .chain(application ->
                        UnitOfWork.transaction(() -> rotation.refresh(application, token, scope, origin))));
    }

    /** Ends the session of a refresh token; there is nothing to do for one that is not good, or is another's. */
    public Uni<Void> revoke(ClientCredentials credentials, String token, Origin origin) {
        return admit(credentials, origin)
                .chain(application -> UnitOfWork.transaction(() -> rotation.revoke(application, token)))
                .chain(revocations::settleIfAny);
    }

    /** Whether a text is meant to be a refresh token, good or not. */
    public static boolean isRefreshToken(String text) {
        return text.startsWith(RefreshToken.PREFIX);
    }

    // What is ended because it came a second time stays ended: the refusal comes after the transaction
    private Uni<GrantedTokens> granted(Uni<Optional<Granted>> grant) {
        return grant.call(
                        given -> given.map(Granted::ended).orElse(false) ? revocations.settle() : settleRefused(given))
                .map(given -> given.orElseThrow(OAuthError::invalidGrant))
                .chain(access::tokens);
    }

    private Uni<Void> settleRefused(Optional<Granted> given) {
        return given.isEmpty() ? revocations.settleIfAny() : Uni.createFrom().voidItem();
    }

    private Uni<AuthenticatedApplication> admit(ClientCredentials credentials, Origin origin) {
        return applications
                .authenticate(credentials, origin.address())
                .onFailure(RosterException.class)
                .transform(failure -> ((RosterException) failure)
                        .retryAfter()
                        .<Throwable>map(OAuthError::slowDown)
                        .orElse(failure))
                .map(found -> found.orElseThrow(OAuthError::invalidClient))
                .call(found -> found.secretId() == null
                        ? Uni.createFrom().voidItem()
                        : secrets.used(found.organizationId(), found.secretId()));
    }
}
