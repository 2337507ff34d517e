package dev.roster.platform.digest;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody holds and this service can only recognize: 256 random bits, behind the organization that their digest is
 * looked up in.
 *
 * @param value as it is handed out, fit for cookies and URLs
 */
public record OpaqueSecret(UUID organizationId, String value) {
    private static final int ORGANIZATION_BYTES = 16;
    private static final int BYTES = ORGANIZATION_BYTES + 32;

    /** A new one. */
    public static OpaqueSecret random(UUID organizationId) {
        byte[] all = ByteBuffer.allocate(BYTES)
                .putLong(organizationId.getMostSignificantBits())
                .putLong(organizationId.getLeastSignificantBits())
                .put(RandomBytes.of(BYTES - ORGANIZATION_BYTES))
                .array();
        return new OpaqueSecret(
                organizationId, Base64.getUrlEncoder().withoutPadding().encodeToString(all));
    }

    /** Empty where it is not one. */
    public static Optional<OpaqueSecret> read(String value) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(value);
            ByteBuffer bytes = ByteBuffer.wrap(all);
            return all.length == BYTES
                    ? Optional.of(new OpaqueSecret(new UUID(bytes.getLong(), bytes.getLong()), value))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** What is kept of it. */
    public Buffer digest() {
        return Buffer.buffer(Sha256.of(value));
    }

    @Override
    public String toString() {
        return "OpaqueSecret[]"; // it must not end in a log
    }
}
