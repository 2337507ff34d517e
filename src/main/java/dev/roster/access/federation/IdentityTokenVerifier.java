package dev.roster.access.federation;

import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.access.federation.TrustedIssuers.Trusted;
import dev.roster.access.token.CallerClaims;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/** Verifies identity tokens of a sign-in that this service has asked for (OpenID Connect Core section 3.1.3.7). */
@ApplicationScoped
class IdentityTokenVerifier {
    private static final Set<String> TYPES = Set.of("JWT");

    // It comes straight from its issuer for a code of just now
    private static final long OLDEST_SECONDS = 300;

    private final FederatedTokenVerifier tokens;
    private final Clock clock;

    IdentityTokenVerifier(FederatedTokenVerifier tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The token of a sign-in; fails with {@link SignInRefused}. */
    Uni<FederatedToken> verify(String token, Trusted from, SignInAttempt attempt) {
        ProviderClient client = from.issuer().client().orElseThrow();
        if (!FederatedTokenVerifier.isWellSpelled(token)) {
            throw new SignInRefused(Reason.WRONG_ANSWER, "its identity token is malformed");
        }
        return tokens.verify(token, from, TYPES, client.clientId(), claims -> isForThis(claims, client, attempt))
                .onFailure(AuthenticationFailedException.class)
                .transform(wrong -> wrong.getCause() instanceof SignInRefused known
                        ? known
                        : new SignInRefused(Reason.WRONG_ANSWER, wrong.getMessage()));
    }

    private boolean isForThis(JwtClaims claims, ProviderClient client, SignInAttempt attempt) {
        try {
            // Keycloak says in a claim what a token is for
            require(List.of("ID", "").contains(text(claims, "typ")), "is of another kind");
            require(attempt.nonce().equals(text(claims, "nonce")), "has another nonce");
            requireParty(claims, client);
            Instant now = clock.instant();
            require(
                    claims.getIssuedAt() != null
                            && now.getEpochSecond() - claims.getIssuedAt().getValue()
                                    <= OLDEST_SECONDS + FederatedTokenVerifier.SKEW_SECONDS,
                    "has no time, or an old one");
            require(
                    client.acrValues().isEmpty() || client.acrValues().contains(text(claims, "acr")),
                    "names no way of proof that was asked for");
            requireRecent(CallerClaims.authenticatedAt(claims), attempt.maxAge(), now);
            return true;
        } catch (MalformedClaimException malformed) {
            throw new SignInRefused(Reason.WRONG_ANSWER, "a claim of its identity token is malformed");
        }
    }

    private static void requireParty(JwtClaims claims, ProviderClient client) throws MalformedClaimException {
        String party = text(claims, "azp");
        require(
                party.isEmpty() ? claims.getAudience().size() == 1 : party.equals(client.clientId()),
                "is for another client");
    }

    private static void requireRecent(Instant authenticatedAt, Long maxAge, Instant now) {
        require(
                maxAge == null
                        || (authenticatedAt != null
                                && !authenticatedAt
                                        .plusSeconds(maxAge + FederatedTokenVerifier.SKEW_SECONDS)
                                        .isBefore(now)),
                "does not say that the person has just signed in");
    }

    private static String text(JwtClaims claims, String name) {
        Object value = claims.getClaimValue(name);
        return value == null ? "" : value.toString();
    }

    private static void require(boolean kept, String what) {
        if (!kept) {
            throw new SignInRefused(Reason.WRONG_ANSWER, "its identity token " + what);
        }
    }
}
