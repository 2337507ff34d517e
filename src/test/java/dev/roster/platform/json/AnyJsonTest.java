package dev.roster.platform.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.roster.platform.validation.StorableText;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyJsonTest {
    private static final ObjectReader JSON = StrictJson.reader();

    /** The parser would make an exception of each. */
    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "-1.5E+99999999999", "1e-1000000000", "0e99999999999", "0.00E-99999999999"})
    void whenANumberIsBeyondThoseOfJavaThenTheParserIsNotAskedForIt(String number) throws IOException {
        for (Class<?> type : new Class<?>[] {JsonNode.class, Object.class}) {
            JsonParser unasked = new JsonParserDelegate(new JsonFactory().createParser("[" + number + "]")) {
                @Override
                public BigDecimal getDecimalValue() {
                    throw new AssertionError(number);
                }
            };
            JsonNode read = JSON.readTree(JSON.forType(type).readValue(unasked).toString());
            boolean zero = number.startsWith("0");
            assertEquals(zero, StorableText.isStorable(read.get(0).decimalValue()), number);
            assertEquals(zero, read.get(0).decimalValue().signum() == 0, number);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1e308, 1e308",
        "-1.50E+2, -1.50E+2",
        "1e00000000000000000002, 1e2",
        "1E-00000000000000000002, 1e-2",
        "1e999999999, 1e999999999",
        "2.5e-999999999, 2.5e-999999999",
        "1.25, 1.25",
        "0.0, 0.0"
    })
    void whenJavaHasTheNumberThenItIsRead(String number, String expected) throws IOException {
        assertEquals(
                new BigDecimal(expected),
                JSON.readTree("[" + number + "]").get(0).decimalValue());
    }

    @Test
    void whenAScalarIsReadThenByTheParserAsItIs() throws IOException {
        for (String scalar : new String[] {"\"a\"", "1", "true", "null"}) {
            JsonParser parser = new JsonFactory().createParser(scalar);
            parser.nextToken();
            assertSame(parser, readBy(parser), scalar);
        }
    }

    @Test
    void whenTheParserKnowsAllNumbersThenItIsNotWrappedAgain() throws IOException {
        for (String json : new String[] {"1.5", "[1]", "{}"}) {
            JsonParser parser = new JsonFactory().createParser(json);
            parser.nextToken();
            JsonParser all = readBy(parser);
            assertSame(all, readBy(all), json);
        }
    }

    /** The parser that the reader below is given. */
    private static JsonParser readBy(JsonParser parser) throws IOException {
        JsonParser[] given = new JsonParser[1];
        new AnyJson<>(Object.class, new JsonDeserializer<Object>() {
                    @Override
                    public Object deserialize(JsonParser by, DeserializationContext context) {
                        given[0] = by;
                        return null;
                    }
                })
                .deserialize(parser, null);
        return given[0];
    }
}
