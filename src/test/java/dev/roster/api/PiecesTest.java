package dev.roster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.roster.api.Pieces.Frame;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A part of a list is sent by pieces that are written when they are asked for. */
class PiecesTest {
    private static final ObjectWriter JSON = new ObjectMapper().writer();
    private static final Frame ARRAY = new Frame("[", ",", ",", "]");
    private static final Frame LINES = new Frame("", "\r\n", "\r", "\r");

    // Three of them fill a piece
    private static final String LARGE = "a".repeat(100_000);

    @Test
    void whenItemsAreSmallThenOnePiece() {
        assertEquals(List.of("[1,2,3]"), pieces(List.of(1, 2, 3), ARRAY));
        assertEquals(List.of("1\r\n2\r"), pieces(List.of(1, 2), LINES));
    }

    @Test
    void whenThereIsNoneThenWhatStandsAround() {
        assertEquals(List.of("[]"), pieces(List.of(), ARRAY));
    }

    @Test
    void whenItemsAreLargeThenPiecesThatMakeTheSame() throws Exception {
        List<String> items = Collections.nCopies(10, LARGE);
        List<String> pieces = pieces(items, ARRAY);
        assertEquals(4, pieces.size());
        assertEquals(items, new ObjectMapper().readValue(String.join("", pieces), List.class));
        // The server ends each with a line feed
        String lines = pieces(items, LINES).stream().map(piece -> piece + "\n").collect(Collectors.joining());
        assertEquals(('"' + LARGE + "\"\r\n").repeat(10), lines);
    }

    @Test
    void whenTheLastPieceIsFullThenNoneIsBehindIt() {
        List<String> pieces = pieces(Collections.nCopies(3, LARGE), ARRAY);
        assertEquals(1, pieces.size());
        assertTrue(pieces.get(0).endsWith("\"]"));
    }

    @Test
    void whenAPieceIsNotTakenThenTheNextIsNotWritten() {
        List<String> written = new ArrayList<>();
        AssertSubscriber<byte[]> client = Pieces.of(
                        JSON,
                        Collections.nCopies(9, LARGE),
                        item -> {
                            written.add(item);
                            return item;
                        },
                        ARRAY)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));
        assertEquals(3, written.size());
        client.request(1);
        assertEquals(6, written.size());
    }

    @Test
    void whenTheSameItemsAreSentAgainThenTheyAreNotWrittenAgain() {
        AtomicInteger written = new AtomicInteger();
        Function<String, String> body = item -> item + written.incrementAndGet();
        String item = new String("a");
        assertEquals(List.of("[\"a1\",\"b2\"]"), pieces(List.of(item, "b"), body, ARRAY));
        assertEquals(List.of("[\"a1\",\"b2\"]"), pieces(new ArrayList<>(List.of(item, "b")), body, ARRAY));
        assertEquals(List.of("\"a3\"\r\n\"b4\"\r"), pieces(List.of(item, "b"), body, LINES), "in another frame");
        assertEquals(List.of("\"a5\"\r"), pieces(List.of(item), body, LINES), "fewer");
        assertEquals(List.of("\"a6\"\r"), pieces(List.of(new String("a")), body, LINES), "others that are equal");
        assertEquals(List.of("\"a\"\r"), pieces(List.of(item), LINES), "by another function");
        assertEquals(List.of("[]"), pieces(List.of(), body, ARRAY));
        List<String> one = List.of("a".repeat(Pieces.FULL));
        int first = written.get();
        assertEquals(1, pieces(one, body, ARRAY).size());
        assertEquals(1, pieces(one, body, ARRAY).size());
        assertEquals(first + 2, written.get(), "what is larger than others");
        List<String> large = Collections.nCopies(9, LARGE);
        assertEquals(3, pieces(large, body, ARRAY).size());
        int before = written.get();
        assertEquals(3, pieces(large, body, ARRAY).size());
        assertEquals(before + 9, written.get(), "what is several pieces");
    }

    private static <T> List<String> pieces(List<T> items, Frame frame) {
        return pieces(items, item -> item, frame);
    }

    private static <T> List<String> pieces(List<T> items, Function<T, ?> body, Frame frame) {
        return Pieces.of(JSON, items, body, frame)
                .map(piece -> new String(piece, StandardCharsets.UTF_8))
                .collect()
                .asList()
                .await()
                .indefinitely();
    }
}
