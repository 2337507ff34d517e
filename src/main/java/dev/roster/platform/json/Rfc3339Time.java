package dev.roster.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import dev.roster.platform.time.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;

/** Reads a time as RFC 3339 writes it: a string, years of four digits. */
final class Rfc3339Time extends StdScalarDeserializer<Instant> {
    private static final int LAST_YEAR = 9999;

    Rfc3339Time() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        String text = parser.getText();
        try {
            Instant time = Rfc3339.parse(text);
            if (time.atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeException e) {
            // The same answer as for a year out of range.
        }
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "not RFC 3339");
    }
}
