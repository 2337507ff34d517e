package dev.roster.access.password;

import dev.roster.platform.digest.Sha256;
import io.vertx.core.buffer.Buffer;

/**
 * What failures are counted for. A digest only: what is sent as a name may be a secret in the wrong
 * place, and of any length.
 */
public record FailureSubject(Buffer digest) {

    /** The subject of these parts, none but the last of which a stranger chooses freely. */
    public static FailureSubject of(String... parts) {
        return new FailureSubject(Buffer.buffer(Sha256.of(String.join("\n", parts))));
    }
}
