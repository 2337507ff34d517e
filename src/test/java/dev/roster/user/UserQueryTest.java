package dev.roster.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserQueryTest {
    private static final UUID ORGANIZATION = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "a, '% a%'",
        "Ab, '% ab%'",
        "Abc, '%abc%'",
        "50%, '%50\\%%'",
        "a_b, '%a\\_b%'",
        "a\\b, '%a\\\\b%'",
        "%, '% \\%%'",
        "😀😀, '% 😀😀%'"
    })
    void whenSearchedThenThePatternMatchesItLiterally(String term, String pattern) {
        assertEquals(
                pattern,
                new UserQuery(ORGANIZATION, search(term), UserSort.NAME)
                        .values()
                        .getString(1));
    }

    @Property
    void whenAnyTermThenItIsAValueAndNeverSql(@ForAll @NotBlank String term) {
        UserQuery query = new UserQuery(ORGANIZATION, search(term), UserSort.NAME);
        UserQuery other = new UserQuery(ORGANIZATION, search("other"), UserSort.NAME);
        assertEquals(statements(other), statements(query));
    }

    @ParameterizedTest
    @EnumSource(UserSort.class)
    void whenEverythingIsAskedThenEachPlaceholderHasItsValue(UserSort sort) {
        UserQuery query =
                new UserQuery(ORGANIZATION, UserStatements.everything(), sort).after(UserStatements.place(sort));
        int count = query.values().size();
        for (String sql : statements(query)) {
            assertEquals(IntStream.rangeClosed(1, count).boxed().toList(), placeholders(sql), sql);
            assertTrue(sql.contains("u.organization_id = $1"), sql);
        }
        assertEquals(ORGANIZATION, query.values().getUUID(0));
    }

    /** Replicas of the version before read the cursors of this one. */
    @Test
    void whenCursorsAreSealedThenWithTheTextOfTheVersionBefore() {
        assertEquals(
                "UserFilter[kind=PERSON, role=null, status=ACTIVE, active=null, group=staff, email=null, search=null,"
                        + " id=null, oauthProvider=null, oauthId=null]",
                UserFilter.of(UserKind.PERSON, null, UserStatus.ACTIVE, "staff").toString());
    }

    @Test
    void whenSearchedThenPlannedForItsOwnTerm() {
        UserQuery query = new UserQuery(ORGANIZATION, search("ann"), UserSort.NAME);
        assertTrue(query.few(10).startsWith("/* plan */ "));
        assertTrue(query.all(10).startsWith("/* plan */ "));
        assertFalse(new UserQuery(ORGANIZATION, UserFilter.of(UserKind.PERSON), UserSort.NAME)
                .walk(10)
                .contains("/*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z"})
    void whenAPlaceIsNoTimeOfARowThenRefused(String time) {
        List<String> place = List.of(time, UUID.randomUUID().toString());
        assertThrows(
                RuntimeException.class,
                () -> UserPlaces.of(UserSort.CREATED).read().apply(place));
    }

    private static List<String> statements(UserQuery query) {
        return List.of(query.walk(10), query.few(10), query.near(10, 1_000), query.all(10));
    }

    private static List<Integer> placeholders(String sql) {
        List<Integer> found = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\$(\\d+)").matcher(sql);
        while (matcher.find()) {
            found.add(Integer.valueOf(matcher.group(1)));
        }
        return found.stream().distinct().sorted().toList();
    }

    private static UserFilter search(String term) {
        return UserFilter.of(null).and(null, term);
    }
}
