package dev.roster.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.runtime.jackson.QuarkusJacksonJsonCodec;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.hibernate.type.format.jackson.JacksonJsonFormatMapper;

/**
 * Reads and writes JSON columns with limits of their own: what was stored under older rules must stay readable, by entities
 * and by plain SQL.
 */
@Singleton
@JsonFormat
@PersistenceUnitExtension
public class JsonColumns implements FormatMapper {
    // As deep as can be written again, and numbers as long as PostgreSQL has them
    private static final StreamReadConstraints WIDE = StreamReadConstraints.builder()
            .maxNestingDepth(950)
            .maxNumberLength(150_000)
            .build();

    // As the database writes numbers, without an exponent
    private static final ObjectWriter WRITTEN_OUT =
            new ObjectMapper().writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

    private final FormatMapper delegate = new JacksonJsonFormatMapper(new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(WIDE)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS));

    // The reactive client reads with this copy of the mapper of requests
    void onStart(@Observes @Priority(1) StartupEvent start) {
        QuarkusJacksonJsonCodec.mapper().getFactory().setStreamReadConstraints(WIDE);
    }

    /** How many bytes a storable value has when it is read, which may be many times those it was sent with. */
    public static int bytes(Object json) {
        try {
            return WRITTEN_OUT.writeValueAsBytes(json).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written", e);
        }
    }

    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
        return delegate.fromString(text, type, options);
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        return delegate.toString(value, type, options);
    }
}
