package dev.roster.platform.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Reads bodies as they are written: nothing unknown, doubled, guessed, converted or left over. */
@Singleton
@SuppressWarnings("deprecation") // the only way to change a mapper that somebody else builds
public class StrictJson implements ObjectMapperCustomizer {
    // No contract nests deeper than three; metadata and settings may, within reason.
    private static final int MAX_DEPTH = 20;

    /** Of names, values and brackets in a document: twice as many as fit into the largest that is kept. */
    public static final int MAX_TOKENS = 50_000;

    /** What is said of a document that goes beyond what is read. */
    public static final String LIMITS = "must not be nested deeper than " + MAX_DEPTH
            + " levels, or have huge or more than " + MAX_TOKENS + " tokens";

    /** How many characters the name of a field has at most. */
    public static final int MAX_NAME = 1_000;

    /** A reader of JSON that stands in a file or a text, by the rules of bodies. */
    public static ObjectReader reader() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper.reader();
    }

    // After the customizers of Quarkus, whose reader of times would else take the place of ours.
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        // What a client keeps with us comes back to the last digit.
        mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        mapper.configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.registerModule(new SimpleModule()
                .setDeserializerModifier(new ExactWords())
                .addDeserializer(Instant.class, new Rfc3339Time())
                .addDeserializer(
                        JsonNode.class,
                        new AnyJson<>(JsonNode.class, JsonNodeDeserializer.getDeserializer(JsonNode.class)))
                .addDeserializer(Object.class, new AnyJson<>(Object.class, new UntypedObjectDeserializer(null, null))));
        mapper.getFactory().setInputDecorator(new Utf8Input());
        // Else some answers had them in UTF-8 and others as two escapes
        mapper.getFactory().enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        mapper.getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(MAX_TOKENS)
                        // The reader keeps some thousands of names for the next document, whoever sent them
                        .maxNameLength(MAX_NAME)
                        .build());
    }
}
