package dev.roster.security;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Tokens of issuers other than this service. */
public interface ForeignTokens {

    /**
     * Who calls with a token of a trusted issuer; empty where it does not claim to be one. Fails
     * with {@link io.quarkus.security.AuthenticationFailedException} where it is not valid.
     */
    Optional<Uni<CallerPrincipal>> authenticate(String token);
}
