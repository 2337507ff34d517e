package dev.roster.access.token;

import dev.roster.access.session.SignInProof;
import dev.roster.platform.http.Origin;
import java.util.Optional;

/**
 * What a token is asked for, and where from.
 *
 * @param scope names separated by spaces; empty where none was asked for
 */
public record TokenTerms(Optional<String> scope, Origin origin, SignInProof proof) {

    /** Of a request that no password proved. */
    public static TokenTerms of(Optional<String> scope, Origin origin) {
        return new TokenTerms(scope, origin, SignInProof.NONE);
    }

    /** The same of a person whom another issuer vouches for. */
    public TokenTerms provenBy(String issuer) {
        return new TokenTerms(scope, origin, SignInProof.ofIssuer(issuer));
    }
}
