package dev.roster.platform.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.Eventually;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredJsonTest {
    private static final String TEXT = "{\"b\": [1, 1.50, null], \"a\": {\"c\": \"d\"}}";

    @Test
    void whenItIsLookedIntoThenItIsTheMapThatTheTextSays() throws Exception {
        Map<String, Object> stored = JsonColumns.object(TEXT);
        Map<String, Object> said = new HashMap<>();
        said.put("b", Arrays.asList(1, new BigDecimal("1.50"), null));
        said.put("a", Map.of("c", "d"));
        assertEquals(stored, said);
        assertEquals(said, stored);
        assertEquals(said.hashCode(), stored.hashCode());
        assertEquals(stored, JsonColumns.object(TEXT));
        assertEquals(stored, JsonColumns.object(TEXT.replace(" ", "")));
        assertNotEquals(stored, JsonColumns.object("{}"));
        assertEquals(List.of("b", "a"), List.copyOf(stored.keySet()));
        assertEquals(Map.of("c", "d"), stored.get("a"));
        assertTrue(stored.containsKey("b"));
        assertFalse(stored.containsKey("c"));
        assertFalse(stored.isEmpty());
        assertTrue(JsonColumns.object("{}").isEmpty());
        assertEquals(TEXT.replace(" ", ""), new ObjectMapper().writeValueAsString(stored));
    }

    /** A row of a list is written once, and waits for the others. */
    @Test
    void whenNobodyLooksAnyMoreThenOnlyTheTextIsThere() {
        Map<String, Object> stored = JsonColumns.object(TEXT);
        WeakReference<Object> seen = new WeakReference<>(stored.get("a"));
        Eventually.holds(() -> {
            System.gc();
            return seen.get() == null;
        });
        assertEquals(Map.of("c", "d"), stored.get("a"));
    }

    @Test
    void whenTheTextIsNoObjectThenItFailsWhereItIsLookedInto() {
        Map<String, Object> stored = JsonColumns.object("[]");
        assertThrows(IllegalStateException.class, stored::keySet);
    }
}
