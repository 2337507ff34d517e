package dev.roster.platform.paging;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.StorableText;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A place in a list, opaque to clients: the sort values of the last row seen, sealed to the
 * organization and to the list (its filters and order) that gave it out.
 *
 * <p>The seal finds mistakes, it keeps no secret: a forged cursor could only name another place of
 * the same list. Who reads a place must still expect anything in it.
 */
public final class Cursor {
    private static final int SEAL_LENGTH = 9;
    private static final int MAX_LENGTH = 2_048;

    private Cursor() {}

    /** The cursor of a place, base64url. */
    public static String encode(UUID organizationId, String list, List<String> place) {
        byte[] payload = new JsonArray(place).encode().getBytes(StandardCharsets.UTF_8);
        byte[] seal = seal(organizationId, list, payload);
        byte[] bytes =
                ByteBuffer.allocate(SEAL_LENGTH + payload.length).put(seal).put(payload).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The place a cursor names; {@code invalid_cursor} where this list did not give it out. */
    public static List<String> decode(UUID organizationId, String list, String cursor) {
        try {
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
            List<String> place =
                    new JsonArray(new String(payload, StandardCharsets.UTF_8))
                            .stream().map(String.class::cast).toList();
            if (place.isEmpty() || !place.stream().allMatch(Cursor::isStorable)) {
                throw invalid();
            }
            return place;
        } catch (IllegalArgumentException | ClassCastException | DecodeException e) {
            throw invalid();
        }
    }

    private static boolean isStorable(String text) {
        return text != null && StorableText.isStorable(text);
    }

    /** What a cursor is refused with. */
    public static RosterException invalid() {
        return RosterException.of(
                ErrorCode.INVALID_CURSOR,
                new FieldError(
                        "cursor",
                        "must be a next_cursor of this list with the same filters and sort"));
    }

    private static byte[] seal(UUID organizationId, String list, byte[] payload) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((organizationId + "\n" + list + "\n").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(payload), SEAL_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
