package dev.roster.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.roster.platform.validation.StorableText;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads JSON of any shape with all numbers that JSON can write (RFC 8259 section 6): one whose exponent no number of Java has
 * is for the rule of numbers to refuse, by the name of its field, and not for the parser.
 */
final class AnyJson<T> extends StdDeserializer<T> {
    private final JsonDeserializer<? extends T> delegate;

    AnyJson(Class<T> type, JsonDeserializer<? extends T> delegate) {
        super(type);
        this.delegate = delegate;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return delegate.deserialize(mayHaveNumbers(parser) ? new AllNumbers(parser) : parser, context);
    }

    /** Whether there may be a number with an exponent that this does not see to already. */
    private static boolean mayHaveNumbers(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return !(parser instanceof AllNumbers)
                && (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NUMBER_FLOAT);
    }

    @Override
    public T getNullValue(DeserializationContext context) throws JsonMappingException {
        return delegate.getNullValue(context);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
        return delegate.getAbsentValue(context);
    }

    @Override
    public LogicalType logicalType() {
        return LogicalType.Untyped;
    }

    private static final class AllNumbers extends JsonParserDelegate {
        AllNumbers(JsonParser parser) {
            super(parser);
        }

        // Else the parser would make a number of it
        @Override
        public boolean isNaN() {
            return false;
        }

        @Override
        public BigDecimal getDecimalValue() throws IOException {
            String text = getText();
            // Told by its text, since an exception for each would cost more than all else that is read
            return StorableText.isBeyond(text) ? StorableText.beyond(text) : StorableText.kept(super.getDecimalValue());
        }
    }
}
