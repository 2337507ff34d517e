package dev.roster.platform.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWeightTest {
    private static final ObjectReader READER = StrictJson.reader().forType(Object.class);

    /** Of the text at least what it becomes: each way it may be cut in two gives the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":[{},{},{}],\"b\":\"c\"}  | 1024",
                "{\"a\":\"\\\",{[\\\\\",\"b\":[1,2]} | 512",
                "[\"\\\\\",\"\\\\\\\"\",[]]       | 512",
                "{\"\\\",{\":\",,,,\"}           | 128",
                "\"{[,\"                         | 0",
            })
    void whenTextIsCutAnywhereThenItWeighsTheSame(String text, int weight) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            JsonWeight whole = new JsonWeight();
            int sum = whole.next(ByteBuffer.wrap(bytes, 0, cut));
            assertEquals(weight, sum + whole.next(ByteBuffer.wrap(bytes, cut, bytes.length - cut)), "cut at " + cut);
        }
        assertTrue(weight + 128 >= JsonWeight.of(READER.readValue(bytes)));
    }

    @Test
    void whenThereAreMoreValuesThanAreReadThenTheyWeighNothing() {
        JsonWeight weight = new JsonWeight();
        ByteBuffer part = ByteBuffer.wrap(",".repeat(30_000).getBytes(StandardCharsets.UTF_8));
        assertEquals(128 * 30_000, weight.next(part));
        assertEquals(128 * 20_000, weight.next(part));
        assertEquals(0, weight.next(part));
    }

    @Test
    void whenAValueIsReadThenAllWithinItWeighs() throws IOException {
        assertEquals(128 * 7, JsonWeight.of(READER.readValue("{\"a\":[{},{\"b\":null}],\"c\":[[]]}")));
    }
}
