package dev.roster.access.signing;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the numbers of a JWK have to be written. The parser passes over what is no Base64url, so that a key which was cut or
 * pasted wrongly would become another one.
 */
final class KeyMembers {
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");

    /** The bytes of a coordinate or a private key on a curve (RFC 7518 section 6.2, RFC 8037 section 2). */
    private static final Map<String, Integer> LENGTHS =
            Map.of("P-256", 32, "P-384", 48, "P-521", 66, "Ed25519", 32, "X25519", 32);

    private KeyMembers() {}

    /** The first member that is written otherwise, and the rule; empty where all are right or the kind is not known. */
    static Optional<String> wrong(Map<String, Object> key) {
        Stream<Optional<String>> found =
                switch (String.valueOf(key.get("kty"))) {
                    case "EC" ->
                        Stream.concat(
                                ofLength(key, List.of("x", "y"), "RFC 7518 section 6.2.1"),
                                ofLength(key, List.of("d"), "RFC 7518 section 6.2.2"));
                    case "OKP" -> ofLength(key, List.of("x", "d"), "RFC 8037 section 2");
                    case "RSA" ->
                        Stream.concat(
                                numbers(key, List.of("n", "e"), "RFC 7518 section 6.3.1"),
                                numbers(key, List.of("d", "p", "q", "dp", "dq", "qi"), "RFC 7518 section 6.3.2"));
                    default -> Stream.empty();
                };
        return found.flatMap(Optional::stream).findFirst();
    }

    private static Stream<Optional<String>> ofLength(Map<String, Object> key, List<String> members, String source) {
        Integer length = LENGTHS.get(String.valueOf(key.get("crv")));
        return length == null
                ? Stream.empty()
                : given(key, members)
                        .map(member -> bytes(key, member)
                                        .filter(value -> value.length == length)
                                        .isPresent()
                                ? Optional.empty()
                                : Optional.of(member + " is not " + length + " bytes in Base64url without padding ("
                                        + source + ")"));
    }

    private static Stream<Optional<String>> numbers(Map<String, Object> key, List<String> members, String source) {
        return given(key, members)
                .map(member -> bytes(key, member).filter(value -> value[0] != 0).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                member + " is not a number in Base64url without padding and without leading zeros ("
                                        + source + ")"));
    }

    private static Stream<String> given(Map<String, Object> key, List<String> members) {
        return members.stream().filter(key::containsKey);
    }

    /** What a text stands for; empty for what no encoder writes. */
    private static Optional<byte[]> bytes(Map<String, Object> key, String member) {
        String text = String.valueOf(key.get(member));
        if (!BASE64URL.matcher(text).matches() || text.length() % 4 == 1) {
            return Optional.empty();
        }
        byte[] value = Base64.getUrlDecoder().decode(text);
        // The bits behind the last byte are zeros
        return Optional.of(value).filter(read -> Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(read)
                .equals(text));
    }
}
