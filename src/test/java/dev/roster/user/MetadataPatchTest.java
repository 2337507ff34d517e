package dev.roster.user;

import static dev.roster.testing.Refusals.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MetadataPatchTest {

    @Property
    void whenAppliedThenEachKeyIsReplacedRemovedOrLeft(
            @ForAll("metadata") Map<String, Object> current, @ForAll("changes") Map<String, Object> changes) {
        Map<String, Object> before = Map.copyOf(current);
        Map<String, Object> after = new MetadataPatch(false, changes).apply(current);
        for (String key : keys()) {
            Object expected = changes.containsKey(key) ? changes.get(key) : current.get(key);
            assertEquals(expected, after.get(key), key);
            assertEquals(expected != null, after.containsKey(key), key);
        }
        assertEquals(before, current);
    }

    @Property
    void whenAppliedTwiceThenAsOnce(
            @ForAll("metadata") Map<String, Object> current, @ForAll("changes") Map<String, Object> changes) {
        MetadataPatch patch = new MetadataPatch(false, changes);
        assertEquals(patch.apply(current), patch.apply(patch.apply(current)));
    }

    @Property(tries = 100)
    void whenClearedThenOnlyTheNewEntries(@ForAll("metadata") Map<String, Object> current) {
        assertEquals(Map.of(), MetadataPatch.CLEAR.apply(current));
        assertEquals(Map.of("new", "1"), new MetadataPatch(true, Map.of("new", "1")).apply(current));
    }

    @Test
    void whenSetAsAWholeThenNullsAndManyEntriesStay() {
        Map<String, Object> whole = new HashMap<>(entries(60));
        whole.put("none", null);
        assertEquals(whole, new MetadataPatch(true, whole).apply(entries(3)));
    }

    @Test
    void whenThereAreMoreAlreadyThenChangedAndNotExtended() {
        assertEquals(
                60,
                new MetadataPatch(false, Map.of("0", "y")).apply(entries(60)).size());
        assertInvalid("metadata", () -> new MetadataPatch(false, Map.of("60", "x")).apply(entries(60)));
    }

    @Test
    void whenFiftyEntriesThenTaken() {
        assertEquals(
                50,
                new MetadataPatch(false, Map.of("49", "x")).apply(entries(49)).size());
    }

    @Test
    void whenFiftyOneEntriesThenRefused() {
        assertInvalid("metadata", () -> new MetadataPatch(false, Map.of("50", "x")).apply(entries(50)));
    }

    @Test
    void whenOneGoesForOneThatComesThenTaken() {
        Map<String, Object> change = new HashMap<>(Map.of("50", "x"));
        change.put("0", null);
        assertEquals(50, new MetadataPatch(false, change).apply(entries(50)).size());
    }

    @Provide
    Arbitrary<Map<String, Object>> metadata() {
        return Arbitraries.maps(
                Arbitraries.of(keys()), Arbitraries.of("1", "2", "").map(v -> v));
    }

    @Provide
    Arbitrary<Map<String, Object>> changes() {
        Arbitrary<Object> values = Arbitraries.<Object>of("3", "4").injectNull(0.4);
        return Arbitraries.maps(Arbitraries.of(keys()), values);
    }

    private static String[] keys() {
        return new String[] {"a", "b", "c", "d"};
    }

    private static Map<String, Object> entries(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(String::valueOf, number -> "x"));
    }
}
