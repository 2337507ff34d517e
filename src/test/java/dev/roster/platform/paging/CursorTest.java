package dev.roster.platform.paging;

import static dev.roster.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final UUID ORGANIZATION = UUID.randomUUID();
    private static final String LIST = "users name";

    @Property
    void whenDecodedByTheSameListThenTheSamePlace(@ForAll("places") List<String> place) {
        assertEquals(place, decode(Cursor.encode(ORGANIZATION, LIST, place)));
    }

    @Property(tries = 100)
    void whenInAPathThenNeedsNoEncoding(@ForAll("places") List<String> place) {
        assertTrue(Cursor.encode(ORGANIZATION, LIST, place).matches("[A-Za-z0-9_-]+"));
    }

    @Property(tries = 100)
    void whenOfAnotherOrganizationThenRefused(@ForAll("places") List<String> place) {
        refused(Cursor.encode(UUID.randomUUID(), LIST, place));
    }

    @Property(tries = 100)
    void whenOfAnotherListThenRefused(@ForAll("places") List<String> place) {
        refused(Cursor.encode(ORGANIZATION, LIST + " role", place));
    }

    @Property
    void whenOneBitIsChangedThenRefused(
            @ForAll("places") List<String> place, @ForAll @IntRange(min = 0, max = 1_000) int at) {
        byte[] bytes = Base64.getUrlDecoder().decode(Cursor.encode(ORGANIZATION, LIST, place));
        int bit = at % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        refused(base64(bytes));
    }

    @Property
    void whenAnyTextThenRefused(@ForAll String cursor) {
        refused(cursor);
    }

    @Test
    void whenHugeThenRefused() {
        refused(Cursor.encode(ORGANIZATION, LIST, List.of("x".repeat(5_000))));
    }

    // The seal needs no secret, so whoever reads this code can forge one.
    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[null]", "[[\"a\"]]", "[{}]", "[]", "{}", "\"a\"", "", "[\"a\"", "\0"})
    void whenForgedWithoutAPlaceThenRefused(String payload) {
        refused(forge(payload));
    }

    @Test
    void whenThePlaceCannotBeReadThenRefused() {
        String cursor = Cursor.encode(ORGANIZATION, LIST, List.of("no number"));
        assertRefused(
                ErrorCode.INVALID_CURSOR,
                () -> Cursor.decode(ORGANIZATION, LIST, cursor, place -> Integer.parseInt(place.get(0))));
    }

    @Provide
    Arbitrary<List<String>> places() {
        // What PostgreSQL keeps: any character but NUL and halves of a surrogate pair
        return Arbitraries.strings()
                .excludeChars('\0')
                .ofMaxLength(100)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
    }

    private static List<String> decode(String cursor) {
        return Cursor.decode(ORGANIZATION, LIST, cursor, CursorTest::nonEmpty);
    }

    private static List<String> nonEmpty(List<String> place) {
        place.get(0);
        return place;
    }

    private static void refused(String cursor) {
        assertRefused(ErrorCode.INVALID_CURSOR, () -> decode(cursor));
    }

    private static String forge(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((ORGANIZATION + "\n" + LIST + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] seal = digest.digest(bytes);
            return base64(ByteBuffer.allocate(9 + bytes.length)
                    .put(seal, 0, 9)
                    .put(bytes)
                    .array());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
