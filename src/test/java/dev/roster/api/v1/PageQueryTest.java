package dev.roster.api.v1;

import static dev.roster.testing.Refusals.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.roster.api.QueryParameters;
import dev.roster.caller.Role;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageQueryTest {

    @Property
    void whenLimitIsInRangeThenTaken(@ForAll @IntRange(min = 1, max = 1_000) int limit) {
        assertEquals(limit, query(String.valueOf(limit), null).pageSize());
    }

    @Property
    void whenLimitIsAnotherNumberThenRefused(@ForAll long limit) {
        Assume.that(limit < 1 || limit > 1_000);
        assertInvalid("limit", () -> query(String.valueOf(limit), null).pageSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "1001", "-1", "+1", "1.0", "1e2", "0x10", "ten", " 5", "٣"})
    void whenLimitIsNoSuchNumberThenRefused(String limit) {
        assertInvalid("limit", () -> query(limit, null).pageSize());
    }

    @Test
    void whenNoLimitThenTheWholeList() {
        assertNull(query(null, null).pageSize());
    }

    @Test
    void whenCursorWithoutLimitThenRefused() {
        assertInvalid("cursor", () -> query(null, "x").place());
        assertEquals("x", query("10", "x").place());
        assertNull(query(null, null).place());
    }

    @Test
    void whenWordIsKnownThenItsMeaning() {
        assertEquals(Role.ADMIN, QueryParameters.word("role", "admin", Role::of, "…"));
        assertNull(QueryParameters.word("role", null, Role::of, "…"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Admin", "owner", " admin"})
    void whenWordIsUnknownThenRefused(String role) {
        assertInvalid("role", () -> QueryParameters.word("role", role, Role::of, "…"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b", "\ud83d", "a\nb"})
    void whenTextCannotBeLookedForThenRefused(String text) {
        assertInvalid("q", () -> QueryParameters.text("q", text));
    }

    @Test
    void whenTextIsLongerThanAnyRowThenRefused() {
        assertEquals("x".repeat(254), QueryParameters.text("q", "x".repeat(254)));
        assertInvalid("q", () -> QueryParameters.text("q", "x".repeat(255)));
    }

    private static PageQuery query(String limit, String cursor) {
        PageQuery query = new PageQuery();
        query.limit = limit;
        query.cursor = cursor;
        return query;
    }
}
