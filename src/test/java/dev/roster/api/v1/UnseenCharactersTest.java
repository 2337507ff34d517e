package dev.roster.api.v1;

import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.USERS;
import static dev.roster.api.v1.V1.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.validation.Username;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that nobody sees, or that turn others around, make no name (RFC 8264). */
@QuarkusTest
@Tag("packaged")
class UnseenCharactersTest {
    private final V1 admin = V1.admin(TestOrganization.create());

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00AD, 0x034F, 0x061C, 0x115F, 0x17B4, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x202E, 0x2060,
                0x2066, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFC, 0x1D173, 0xE0001, 0xE0020, 0xE0100,
                0x00A0, 0x1680, 0x2003, 0x2028, 0x202F, 0x205F, 0x3000
            })
    void whenNameHasAnUnseenCharacterThenRefused(int character) {
        String name = "ad" + Character.toString(character) + "a";
        assertInvalid(admin.post(USERS, "{'name': '" + name + "'}"), "name", FieldRule.USERNAME);
    }

    @Test
    void whenAnyBlankOfUnicodeThenNoPartOfAName() {
        List<Integer> taken = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> c != ' ')
                .filter(c -> Character.isSpaceChar(c)
                        || Character.isWhitespace(c)
                        || Character.isIdentifierIgnorable(c)
                        || Character.getType(c) == Character.FORMAT)
                .filter(c -> Username.Validator.isUsername("a" + Character.toString(c) + "b"))
                .boxed()
                .toList();
        assertEquals(List.of(), taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada\u202E adA", "\u200BAda", "A\u00ADda", "\u3164", "\u2800", "A\u200Dda"})
    void whenDisplayNameHidesSomethingThenRefused(String name) {
        admin.createGroup("x");
        assertInvalid(
                admin.patch(GROUPS + "/x", "{'display_name': '" + name + "'}"),
                "display_name",
                "must be 1 to 150 characters, not blank, without control or invisible characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"👩‍🚀 Ada", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "क्‍ष", "می‌خواهم", "Zoe\u0308"})
    void whenDisplayNameJoinsWhatBelongsTogetherThenKept(String name) {
        admin.createGroup("x");
        assertEquals(
                name,
                admin.patch(GROUPS + "/x", "{'display_name': '" + name + "'}")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("display_name"));
    }
}
