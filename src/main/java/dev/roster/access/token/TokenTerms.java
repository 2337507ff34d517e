package dev.roster.access.token;

import dev.roster.platform.http.Origin;
import java.util.Optional;

/**
 * What a token is asked for, and where from.
 *
 * @param scope names separated by spaces; empty where none was asked for
 * @param passwordHash of the password that proved who asks; null where none did
 * @param passwordExpired whether that has to be changed: then the token does nothing else
 * @param issuer to whom it was proved who asks; null where not to another one
 */
public record TokenTerms(
        Optional<String> scope, Origin origin, String passwordHash, boolean passwordExpired, String issuer) {

    /** Of a request that no password proved. */
    public static TokenTerms of(Optional<String> scope, Origin origin) {
        return new TokenTerms(scope, origin, null, false, null);
    }

    /** The same of a person whom another issuer vouches for. */
    public TokenTerms provenBy(String other) {
        return new TokenTerms(scope, origin, passwordHash, passwordExpired, other);
    }

    @Override
    public String toString() {
        return "TokenTerms[" + scope + "]"; // a hash must not end in a log
    }
}
