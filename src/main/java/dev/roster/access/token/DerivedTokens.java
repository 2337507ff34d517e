package dev.roster.access.token;

import dev.roster.access.session.SessionTokens;
import dev.roster.caller.Issuer;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeSet;
import org.jose4j.jwt.JwtClaims;

/**
 * Short-lived tokens for who holds one: in the same session, with the same rights, for an hour at
 * most. One of them gives no further ones that live longer, so nobody goes on for ever with a token
 * that was taken once.
 */
@ApplicationScoped
public class DerivedTokens {
    // What the contract promises, however long other tokens live
    private static final Duration LONGEST = Duration.ofHours(1);

    private final VerifiedTokens tokens;
    private final PresentRights rights;
    private final KeyFailures failures;
    private final SessionTokens sessions;
    private final TokenIssuer signed;
    private final Issuer issuer;
    private final Clock clock;

    DerivedTokens(
            VerifiedTokens tokens,
            PresentRights rights,
            KeyFailures failures,
            SessionTokens sessions,
            TokenIssuer signed,
            Issuer issuer,
            Clock clock) {
        this.tokens = tokens;
        this.rights = rights;
        this.failures = failures;
        this.sessions = sessions;
        this.signed = signed;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * A token of an API key; {@code invalid_credentials}, {@code rate_limited} where that happened
     * too often. A good key is never put off: nobody guesses a signature.
     *
     * @param address where the request comes from; null where that is not known
     */
    public Uni<AccessToken> ofKey(String key, String address) {
        return verify(key)
                .chain(found -> found.map(principal -> derive(principal, principal.claims()))
                        .orElse(Uni.createFrom().item(Optional.empty())))
                .call(token -> token.isPresent() ? Uni.createFrom().voidItem() : failures.add(key, address))
                .map(token -> token.orElseThrow(DerivedTokens::refused));
    }

    /** A token of the caller's own; {@code forbidden} where another issuer signed that. */
    public Uni<AccessToken> of(CallerPrincipal caller) {
        if (!issuer.url().equals(caller.getIssuer())) {
            throw RosterException.of(ErrorCode.FORBIDDEN, "A token of another issuer is renewed by that issuer.");
        }
        JwtClaims claims = caller.claims();
        claims.setClaim(CallerClaims.DERIVED, true);
        return derive(caller, claims).map(token -> token.orElseThrow(ErrorCode.INVALID_TOKEN::refusal));
    }

    private Uni<Optional<CallerPrincipal>> verify(String key) {
        try {
            CallerPrincipal principal = tokens.parse(key, null);
            if (!principal.isApiKey()) {
                return Uni.createFrom().item(Optional.empty());
            }
            return rights.of(principal)
                    .map(Optional::of)
                    .onFailure(AuthenticationFailedException.class)
                    .recoverWithItem(Optional.empty());
        } catch (ParseException notValid) {
            return Uni.createFrom().item(Optional.empty());
        }
    }

    /** Empty once the session, or the time that is left, has ended. */
    private Uni<Optional<AccessToken>> derive(CallerPrincipal from, JwtClaims claims) {
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant hour = issuedAt.plus(LONGEST);
        boolean bounded = from.isDerived() || from.isApiKey();
        Instant wanted = bounded && from.expiresAt().isBefore(hour) ? from.expiresAt() : hour;
        if (!wanted.isAfter(issuedAt)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return sessions.add(from.caller(), wanted).chain(end -> end.map(
                        found -> token(from, claims, issuedAt, found).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<AccessToken> token(CallerPrincipal from, JwtClaims claims, Instant issuedAt, Instant expiresAt) {
        String scope = String.join(" ", new TreeSet<>(from.caller().scopes()));
        return signed.reissue(claims, issuedAt, expiresAt)
                .map(token -> AccessToken.of(token, issuedAt, expiresAt, scope));
    }

    private static RosterException refused() {
        return RosterException.of(ErrorCode.INVALID_CREDENTIALS, "The API key is not valid.");
    }
}
