package dev.roster.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;

/** Reads a constant of an enum from its very spelling: Jackson alone looks once more without the blanks around a text. */
final class ExactWords extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
            DeserializationConfig config, JavaType type, BeanDescription bean, JsonDeserializer<?> words) {
        return new Exact(words);
    }

    private static final class Exact extends DelegatingDeserializer {
        private static final long serialVersionUID = 1;

        Exact(JsonDeserializer<?> words) {
            super(words);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> words) {
            return new Exact(words);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                String text = parser.getText();
                if (text.length() != text.trim().length()) {
                    return context.handleWeirdStringValue(handledType(), text, "blanks around it");
                }
            }
            return super.deserialize(parser, context);
        }
    }
}
