package dev.roster.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SHA with and without a salt, as directories keep it (RFC 2307 section 5.3): the digest, and then the salt. */
final class LdapHash {
    private static final Pattern FORM = Pattern.compile(
            "\\{(?<salted>S)?SHA(?<size>256|384|512)?}(?<bytes>[A-Za-z0-9+/]{27,171}={0,2})", Pattern.CASE_INSENSITIVE);

    private LdapHash() {}

    static Optional<KnownHash> parse(String hash) {
        Matcher ldap = FORM.matcher(hash);
        if (!ldap.matches()) {
            return Optional.empty();
        }
        MessageDigest digest = digest(ldap.group("size"));
        int length = digest.getDigestLength();
        byte[] bytes = KnownHash.bytes(ldap.group("bytes"));
        boolean salted = ldap.group("salted") != null;
        if (salted ? bytes.length <= length : bytes.length != length) {
            return Optional.empty();
        }
        byte[] tag = Arrays.copyOf(bytes, length);
        byte[] salt = Arrays.copyOfRange(bytes, length, bytes.length);
        return Optional.of(KnownHash.of(
                password -> {
                    digest.update(password.getBytes(StandardCharsets.UTF_8));
                    return MessageDigest.isEqual(tag, digest.digest(salt));
                },
                0));
    }

    private static MessageDigest digest(String size) {
        try {
            return MessageDigest.getInstance(size == null ? "SHA-1" : "SHA-" + size.toUpperCase(Locale.ROOT));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
