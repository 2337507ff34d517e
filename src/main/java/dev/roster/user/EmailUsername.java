package dev.roster.user;

import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.Username;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the username of an account that is created by its e-mail address alone. */
public final class EmailUsername {
    // 48 bits tell any two addresses of an organization apart that look alike after the change.
    private static final int MARK_BYTES = 6;
    private static final int KEPT = Username.MAX - 1 - 2 * MARK_BYTES;

    private EmailUsername() {}

    /**
     * The address itself. One that cannot stand in a path, being too long or with a slash, is cut,
     * its slashes replaced, and marked with its digest: the same address always gives the same
     * name, and no other one does.
     */
    public static String of(String email) {
        if (Username.Validator.isUsername(email)) {
            return email;
        }
        String readable = email.replace('/', '-');
        int kept = Math.min(KEPT, readable.codePointCount(0, readable.length()));
        return readable.substring(0, readable.offsetByCodePoints(0, kept)) + "-" + mark(email);
    }

    private static String mark(String email) {
        byte[] folded = CanonicalText.fold(email).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(folded), 0, MARK_BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
