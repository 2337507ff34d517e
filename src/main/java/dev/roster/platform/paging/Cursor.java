package dev.roster.platform.paging;

import dev.roster.platform.digest.Sha256;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * A place in a list, opaque to clients: the sort values of the last row seen, sealed to the
 * organization and to the list (its filters and order) that gave it out.
 *
 * <p>The seal finds mistakes, it keeps no secret: a forged cursor could only name another place of
 * the same list.
 */
public final class Cursor {
    private static final int SEAL_LENGTH = 9;

    // A name of 100 characters is compared as up to 1,800 of 3,300 bytes (U+FDFA), of which base64 makes 4,400
    // characters
    private static final int MAX_LENGTH = 6_000;

    private Cursor() {}

    /** The cursor of a place, base64url. */
    public static String encode(UUID organizationId, String list, List<String> place) {
        byte[] payload = new JsonArray(place).encode().getBytes(StandardCharsets.UTF_8);
        byte[] seal = seal(organizationId, list, payload);
        byte[] bytes = ByteBuffer.allocate(SEAL_LENGTH + payload.length)
                .put(seal)
                .put(payload)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What a cursor names; {@code invalid_cursor} where this list did not give it out.
     *
     * @param reader makes something of the place; whatever it throws means a forged cursor
     */
    public static <T> T decode(UUID organizationId, String list, String cursor, Function<List<String>, T> reader) {
        try {
            return reader.apply(place(organizationId, list, cursor));
        } catch (RosterException known) {
            throw known;
        } catch (RuntimeException unreadable) {
            throw invalid();
        }
    }

    private static List<String> place(UUID organizationId, String list, String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            throw invalid();
        }
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        if (bytes.length <= SEAL_LENGTH) {
            throw invalid();
        }
        byte[] payload = Arrays.copyOfRange(bytes, SEAL_LENGTH, bytes.length);
        byte[] seal = Arrays.copyOf(bytes, SEAL_LENGTH);
        if (!MessageDigest.isEqual(seal, seal(organizationId, list, payload))) {
            throw invalid();
        }
        return new JsonArray(new String(payload, StandardCharsets.UTF_8))
                .stream().map(String.class::cast).map(Objects::requireNonNull).toList();
    }

    private static RosterException invalid() {
        return RosterException.of(
                ErrorCode.INVALID_CURSOR,
                new FieldError("cursor", "must be a next_cursor of this list with the same filters and sort"));
    }

    private static byte[] seal(UUID organizationId, String list, byte[] payload) {
        byte[] owner = (organizationId + "\n" + list + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(owner, owner.length + payload.length);
        System.arraycopy(payload, 0, sealed, owner.length, payload.length);
        return Arrays.copyOf(Sha256.of(sealed), SEAL_LENGTH);
    }
}
