package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of JSON, in pieces of any length. */
class JsonRecordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | [{"a":1}]
            2 | [{"a":1}]
            1 | {"a":1}
            2 | {"a":1}
            1 | ``
            2 | ``
            """)
    void whenAByteOrderMarkIsCutThenTheFileIsNoJson(int marks, String rest) {
        byte[] text = rest.getBytes(StandardCharsets.UTF_8);
        byte[] file = Arrays.copyOf(RecordText.MARK, marks + text.length);
        System.arraycopy(text, 0, file, marks, text.length);
        for (int length = 1; length <= file.length; length++) {
            List<SourceRecord> records = read(file, length);
            assertEquals(1, records.size(), records.toString());
            assertEquals(1, records.get(0).line());
            assertEquals(true, records.get(0).refusal() instanceof JsonProcessingException, records.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1},{\"a\":2}]", "{\"a\":1} {\"a\":2}", "{\"users\":[{\"a\":1},{\"a\":2}]}"})
    void whenAByteOrderMarkIsWholeThenPassedOver(String json) {
        byte[] file = ("\uFEFF" + json).getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length <= file.length; length++) {
            List<String> read = read(file, length).stream()
                    .map(found -> found.line() + " " + found.json())
                    .toList();
            assertEquals(List.of("1 {\"a\":1}", "2 {\"a\":2}"), read);
        }
    }

    @Test
    void whenThereIsNothingButAByteOrderMarkThenNoRecord() {
        assertEquals(List.of(), read(RecordText.MARK, 1));
    }

    /** Only what stands beside the records, and is a number of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"total":12,"users":[{"a":1}]}                                     | 12
            {"users":[{"a":1}],"total":12}                                     | 12
            {"users":[{"a":1}],"total":"12"}                                   | 12
            {"users":[],"total":12}{"users":[{"a":1}],"total":11}              | 12
            {"total":12,"users":[{"a":1}]}{"users":[{"a":1}]}                  | 12
            {"users":[{"a":1}],"more":{"total":12},"rest":[{"total":12}]}      |
            {"users":[{"total":12}]}                                           |
            {"total":12}                                                       |
            [{"total":12,"users":[{"a":1}]}]                                   |
            {"users":[{"a":1}],"total":null}                                   |
            {"users":[{"a":1}],"total":-1}                                     |
            {"users":[{"a":1}],"total":1e400}                                  |
            {"users":[{"a":1}],"total":[12]}                                   |
            """)
    void whenAListTellsOfHowManyItIsAPartThenKept(String json, Long total) {
        byte[] file = json.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length <= file.length; length++) {
            JsonRecords records = records();
            read(records, file, length).forEach(found -> assertNull(found.refusal()));
            assertEquals(total == null ? OptionalLong.empty() : OptionalLong.of(total), records.total());
        }
    }

    private static List<SourceRecord> read(byte[] file, int length) {
        return read(records(), file, length);
    }

    private static JsonRecords records() {
        return new JsonRecords("users"::equals, "total"::equals);
    }

    private static List<SourceRecord> read(JsonRecords records, byte[] file, int length) {
        List<SourceRecord> found = new ArrayList<>();
        for (int from = 0; from < file.length; from += length) {
            records.take(Arrays.copyOfRange(file, from, Math.min(from + length, file.length)), found::add);
        }
        records.end(found::add);
        return found;
    }
}
