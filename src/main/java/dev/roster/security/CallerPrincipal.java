package dev.roster.security;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import org.jose4j.jwt.JwtClaims;

/** The principal of a verified token, with the caller already read from its claims. */
public final class CallerPrincipal extends DefaultJWTCallerPrincipal {
    private final Caller caller;

    public CallerPrincipal(String token, String type, JwtClaims claims, Caller caller) {
        super(token, type, claims);
        this.caller = caller;
    }

    public Caller caller() {
        return caller;
    }
}
