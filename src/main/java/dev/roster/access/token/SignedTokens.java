package dev.roster.access.token;

import dev.roster.access.signing.SigningAlgorithm;
import dev.roster.access.signing.SigningKeys;
import dev.roster.caller.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;

/**
 * What every signed token keeps to, whoever issued it and whatever it opens: one spelling, times
 * that are whole seconds, nothing that the reader would have to understand.
 */
public final class SignedTokens {
    private static final int PARTS = 3;

    // Fractions and exponents are allowed by RFC 7519 section 2, and read differently by libraries
    private static final List<String> TIMES = List.of("exp", "iat", "nbf");

    // RFC 7515 section 4.1.11 and RFC 7797: no extension is understood here
    private static final List<String> EXTENSIONS = List.of("crit", "b64");

    // RFC 7800: whoever presents it must prove a key (DPoP, mutual TLS), which nobody asks for here
    private static final String CONFIRMATION = "cnf";

    private SignedTokens() {}

    /**
     * Whether a text is a compact serialization (RFC 7515 section 7.1) in canonical base64url: no
     * padding, no other character, no bits left over (RFC 4648 section 3.5). Parsers pass over
     * those, so that one token would have thousands of spellings.
     *
     * @param longest in characters
     */
    public static boolean isWellSpelled(String token, int longest) {
        if (token.length() > longest) {
            return false;
        }
        int parts = 1;
        int length = 0;
        int last = 0;
        for (int i = 0; i < token.length(); i++) {
            char letter = token.charAt(i);
            if (letter == '.') {
                if (!isWhole(length, last)) {
                    return false;
                }
                parts++;
                length = 0;
            } else {
                last = sextet(letter);
                if (last < 0) {
                    return false;
                }
                length++;
            }
        }
        return parts == PARTS && isWhole(length, last);
    }

    /** What a token says, whether it is a good one or not: nothing here proves it. Empty where a text is no token. */
    public static Optional<JwtClaims> unproven(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            return Optional.of(JwtClaims.parse(new String(payload, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | InvalidJwtException noToken) {
            return Optional.empty();
        }
    }

    /** A consumer that refuses what no token of any issuer may say. */
    public static JwtConsumerBuilder consumer() {
        return new JwtConsumerBuilder().registerValidator(SignedTokens::refusal);
    }

    /** A consumer of the service's own tokens of one media type, whose life it leaves to the caller. */
    public static JwtConsumerBuilder ownConsumer(SigningKeys keys, Issuer issuer, String type) {
        return consumer()
                .setJwsAlgorithmConstraints(SigningAlgorithm.permitted())
                .setVerificationKeyResolver(
                        (signature, nesting) -> keys.resolve(signature).key())
                .setExpectedType(true, type)
                .setExpectedIssuer(true, issuer.url())
                .setRequireExpirationTime()
                .setRequireIssuedAt();
    }

    /** Whether the last character of a part has no bits beyond the last byte. */
    private static boolean isWhole(int length, int last) {
        return switch (length % 4) {
            case 0 -> length > 0;
            case 2 -> (last & 0b1111) == 0;
            case 3 -> (last & 0b11) == 0;
            default -> false;
        };
    }

    private static int sextet(char letter) {
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A';
        }
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a' + 26;
        }
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + 52;
        }
        return letter == '-' ? 62 : letter == '_' ? 63 : -1;
    }

    /** What is wrong with a token; null, as the library wants it, where nothing is. */
    private static String refusal(JwtContext token) {
        JwtClaims claims = token.getJwtClaims();
        for (String name : TIMES) {
            if (claims.hasClaim(name) && !(claims.getClaimValue(name) instanceof Long)) {
                return name + " is not a whole number";
            }
        }
        for (JsonWebStructure signature : token.getJoseObjects()) {
            for (String name : EXTENSIONS) {
                if (signature.getHeaders().getObjectHeaderValue(name) != null) {
                    return name + " is not understood";
                }
            }
        }
        return claims.hasClaim(CONFIRMATION) ? "the token is bound to a key" : null;
    }
}
