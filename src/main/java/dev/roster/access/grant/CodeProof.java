package dev.roster.access.grant;

import dev.roster.platform.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * What an application sends for its tokens.
 *
 * @param verifier of the challenge that the code was asked for with (RFC 7636 section 4.1)
 */
public record CodeProof(String code, String redirectUri, String verifier) {
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    /** Whether this is who asked for the code, and where it was sent to. */
    boolean fits(AuthorizationCode asked) {
        String challenge = Sha256.base64url(verifier);
        return VERIFIER.matcher(verifier).matches()
                && asked.redirectUri().equals(redirectUri)
                && MessageDigest.isEqual(ascii(challenge), ascii(asked.challenge()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "CodeProof[" + redirectUri + "]"; // a code must not end in a log
    }
}
