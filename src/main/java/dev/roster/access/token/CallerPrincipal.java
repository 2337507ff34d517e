package dev.roster.access.token;

import dev.roster.access.session.Standing;
import dev.roster.access.signing.VerificationKey;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.revocation.RevokedSubjects;
import io.quarkus.security.StringPermission;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.security.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;

/** The principal of a verified token, with what every request needs already read from it. */
public final class CallerPrincipal extends DefaultJWTCallerPrincipal implements Caller.Known {
    private final String token;
    private final JwtClaims claims;
    private final Caller caller;
    private final Set<String> keyScopes;
    private final VerificationKey key;
    private final int generation;
    private final int organizationGeneration;
    private final Instant expiresAt;
    private final Set<Permission> permissions;

    // Two requests may both be the first: then it is noted twice
    private volatile long seenInMinute;

    // Two requests may both find it too old: then the database is asked twice
    private volatile KeyStanding keyStanding;

    /**
     * The principal of a token whose account and organization are read for every request.
     *
     * @param key what its signature was verified with
     * @param generation which of the account's tokens are revoked together with it
     * @param expiresAt when the token stops being valid, clock skew not counted
     */
    public CallerPrincipal(
            String token, JwtClaims claims, Caller caller, VerificationKey key, int generation, Instant expiresAt) {
        this(token, claims, caller, Set.of(), key, generation, Integer.MAX_VALUE, expiresAt);
    }

    /**
     * The principal of a token that may be an API key.
     *
     * @param keyScopes all scopes of an API key; none where the token is not one
     * @param organizationGeneration which of its organization's tokens are revoked together with it
     */
    CallerPrincipal(
            String token,
            JwtClaims claims,
            Caller caller,
            Set<String> keyScopes,
            VerificationKey key,
            int generation,
            int organizationGeneration,
            Instant expiresAt) {
        super(token, TokenVerifier.TYPE, claims);
        this.token = token;
        this.claims = claims;
        this.caller = caller;
        this.keyScopes = keyScopes;
        this.key = key;
        this.generation = generation;
        this.organizationGeneration = organizationGeneration;
        this.expiresAt = expiresAt;
        permissions = caller.scopes().stream().map(CallerPrincipal::permission).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Caller caller() {
        return caller;
    }

    /** All that the token says. Read from it again: the principal has added to its own claims. */
    public JwtClaims claims() {
        return SignedTokens.unproven(token).orElseThrow();
    }

    /** Whether the token was got with another one. */
    public boolean isDerived() {
        return Boolean.TRUE.equals(claims().getClaimValue(CallerClaims.DERIVED));
    }

    /** Whether the token is an API key, whose rights are those of its account at present. */
    public boolean isApiKey() {
        return !keyScopes.isEmpty();
    }

    /** The same token with the rights that a role gives it. */
    CallerPrincipal as(Role role) {
        Caller present = caller.with(role, keyScopes);
        return new CallerPrincipal(
                token, claims, present, keyScopes, key, generation, organizationGeneration, expiresAt);
    }

    /** What was last found out about the key; null where nothing was yet. */
    KeyStanding keyStanding() {
        return keyStanding;
    }

    void remember(KeyStanding found) {
        keyStanding = found;
    }

    /** Whether this is the first call in a minute, counted from the epoch. */
    boolean isSeenFirstIn(long minute) {
        if (seenInMinute >= minute) {
            return false;
        }
        seenInMinute = minute;
        return true;
    }

    /**
     * Whether it is known to be revoked. An API key goes on with a lower role; whether its account
     * does, {@link PresentRights} finds out.
     */
    boolean isRevokedIn(RevokedSubjects revoked) {
        return revoked.hasSession(caller.sessionId())
                || revoked.hasClient(caller.clientId(), generation)
                || (!isApiKey()
                        && revoked.hasGeneration(
                                caller.userId(), generation, caller.organizationId(), organizationGeneration));
    }

    VerificationKey key() {
        return key;
    }

    /** Whether it is of the present generation of its account, and of its organization. */
    boolean isWithin(Standing standing) {
        return standing.generation() <= generation && standing.organizationGeneration() <= organizationGeneration;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    Set<Permission> permissions() {
        return permissions;
    }

    boolean allows(Permission required) {
        for (Permission permission : permissions) {
            if (permission.implies(required)) {
                return true;
            }
        }
        return false;
    }

    /** As {@code @PermissionsAllowed} reads a value: name and action around the colon. */
    private static Permission permission(String scope) {
        String[] parts = scope.split(":", 2);
        return parts.length == 1 ? new StringPermission(scope) : new StringPermission(parts[0], parts[1]);
    }
}
