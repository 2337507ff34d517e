package dev.roster.guessing;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What failures are counted for. A digest only: what is sent as a name may be a secret in the wrong
 * place, and of any length.
 */
public record Subject(Buffer digest) {

    /** The subject of these parts, none but the last of which a stranger chooses freely. */
    public static Subject of(String... parts) {
        try {
            byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
            return new Subject(Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
