package dev.roster.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** What a token says, whoever has signed it. */
public final class TokenClaims {
    private TokenClaims() {}

    public static JwtClaims of(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        try {
            return JwtClaims.parse(new String(claims, StandardCharsets.UTF_8));
        } catch (InvalidJwtException malformed) {
            throw new IllegalArgumentException(token, malformed);
        }
    }
}
