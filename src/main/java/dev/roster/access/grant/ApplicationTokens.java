package dev.roster.access.grant;

import dev.roster.access.client.ClientCredentials;
import dev.roster.access.token.OAuthError;
import dev.roster.platform.http.Origin;
import dev.roster.revocation.Revocations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What applications ask the token endpoint for: tokens for a code (RFC 6749 section 4.1.3) and for a refresh token (section
 * 6). Both fail with {@link OAuthError}.
 */
@ApplicationScoped
public class ApplicationTokens {
    private final ApplicationGate gate;
    private final ApplicationAccess access;
    private final CodeExchange codes;
    private final RefreshRotation rotation;
    private final Revocations revocations;

    ApplicationTokens(
            ApplicationGate gate,
            ApplicationAccess access,
            CodeExchange codes,
            RefreshRotation rotation,
            Revocations revocations) {
        this.gate = gate;
        this.access = access;
        this.codes = codes;
        this.rotation = rotation;
        this.revocations = revocations;
    }

    /** Tokens for a code, once. */
    public Uni<GrantedTokens> exchange(ClientCredentials credentials, CodeProof proof, Origin origin) {
        return granted(
                gate.admit(credentials, origin).chain(application -> codes.exchange(application, proof, origin)));
    }

    /**
     * Tokens for a refresh token, once.
     *
     * @param scope of the access token, names separated by spaces; empty asks for all that was granted
     */
    public Uni<GrantedTokens> refresh(
            ClientCredentials credentials, String token, Optional<String> scope, Origin origin) {
        return granted(gate.admit(credentials, origin)
                .chain(application -> rotation.refresh(application, token, scope, origin)));
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
}
