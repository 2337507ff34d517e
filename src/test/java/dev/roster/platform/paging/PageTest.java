package dev.roster.platform.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PageTest {

    @Property
    void whenWalkedByCursorThenEveryRowOnceInOrder(
            @ForAll @IntRange(min = 0, max = 100) int count, @ForAll @IntRange(min = 1, max = 20) int limit) {
        List<Integer> rows = IntStream.range(0, count).boxed().toList();
        List<Integer> walked = new ArrayList<>();
        int pages = 0;
        String cursor = "-1";
        while (cursor != null) {
            int place = Integer.parseInt(cursor);
            List<Integer> found =
                    rows.stream().filter(row -> row > place).limit(limit + 1L).toList();
            Page<Integer> page = Page.of(Part.whole(found), limit, String::valueOf);
            walked.addAll(page.items());
            cursor = page.next();
            pages++;
        }
        assertEquals(rows, walked);
        assertEquals(Math.max(1, (count + limit - 1) / limit), pages);
    }

    @Test
    void whenExactlyFullThenLast() {
        assertNull(Page.of(Part.whole(List.of(1, 2)), 2, String::valueOf).next());
    }

    @Test
    void whenThereIsOneMoreThenTheCursorOfTheLast() {
        assertEquals(new Page<>(List.of(1, 2), "2"), Page.of(Part.whole(List.of(1, 2, 3)), 2, String::valueOf));
    }

    @Test
    void whenRowsWereLeftOutThenTheCursorOfTheLast() {
        assertEquals(new Page<>(List.of(1), "1"), Page.of(new Part<>(List.of(1), false), 2, String::valueOf));
        assertEquals(new Page<>(List.of(1, 2), "2"), Page.of(new Part<>(List.of(1, 2), false), 2, String::valueOf));
    }
}
