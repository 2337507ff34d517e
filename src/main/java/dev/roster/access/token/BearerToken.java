package dev.roster.access.token;

import dev.roster.platform.http.Authorization;
import io.quarkus.security.AuthenticationFailedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The token of an {@code Authorization} header (RFC 6750 section 2.1). */
public final class BearerToken {
    /** The schemes by which access tokens come, in any case. */
    static final Set<String> ACCESS = schemes("Bearer", "UserKey");

    /** The scheme by which all other tokens come, in any case. */
    public static final Set<String> BEARER = schemes("Bearer");

    private BearerToken() {}

    /**
     * The token; empty where there is no such header, or one of another scheme.
     *
     * @param headers every {@code Authorization} header of the request: two parties that read
     *     different ones would see different callers
     * @throws AuthenticationFailedException if there are several, or what stands behind the scheme
     *     is no token
     */
    public static Optional<String> read(List<String> headers, Set<String> schemes) {
        if (headers.size() > 1) {
            throw new AuthenticationFailedException("several Authorization headers");
        }
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        Authorization header = Authorization.parse(headers.get(0));
        return schemes.contains(header.scheme()) ? Optional.of(token(header.credentials())) : Optional.empty();
    }

    /** Whether a header is meant to carry an access token, good or not. */
    static boolean isAttempt(Authorization header) {
        return ACCESS.contains(header.scheme()) && !header.credentials().isEmpty();
    }

    private static String token(String token) {
        int end = token.length();
        while (end > 0 && token.charAt(end - 1) == '=') {
            end--;
        }
        if (end == 0) {
            throw noToken();
        }
        // No stream: every request comes through here, with a thousand characters
        for (int i = 0; i < end; i++) {
            if (!isInToken(token.charAt(i))) {
                throw noToken();
            }
        }
        return token;
    }

    private static AuthenticationFailedException noToken() {
        return new AuthenticationFailedException("no token in the Authorization header");
    }

    /** A character of {@code b64token}. */
    private static boolean isInToken(char letter) {
        return (letter >= 'A' && letter <= 'Z')
                || (letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9')
                || "-._~+/".indexOf(letter) >= 0;
    }

    private static Set<String> schemes(String... names) {
        Set<String> schemes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        schemes.addAll(List.of(names));
        return schemes;
    }
}
