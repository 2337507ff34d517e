package dev.roster.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.runtime.jackson.QuarkusJacksonJsonCodec;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
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

    private static final ObjectMapper STORED = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(WIDE)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Reads what is stored. */
    static final ObjectReader OBJECTS = STORED.readerForMapOf(Object.class);

    private final FormatMapper delegate = new JacksonJsonFormatMapper(STORED);

    // The reactive client reads with this copy of the mapper of requests
    void onStart(@Observes @Priority(1) StartupEvent start) {
        QuarkusJacksonJsonCodec.mapper().getFactory().setStreamReadConstraints(WIDE);
    }

    /** What an object of JSON is that the database has as this text: read when somebody looks into it. */
    public static Map<String, Object> object(String text) {
        return new StoredJson(text);
    }

    /**
     * Whether a storable value has more bytes when it is read, which may be many times those it was sent with. It is written
     * out no further than that.
     */
    public static boolean exceeds(Object json, int bytes) {
        Room room = new Room(bytes);
        try {
            WRITTEN_OUT.writeValue(room, json);
        } catch (IOException e) {
            if (room.left >= 0) {
                throw new IllegalStateException("what was read as JSON can be written", e);
            }
        }
        return room.left < 0;
    }

    private static final class Room extends OutputStream {
        private long left;

        private Room(int bytes) {
            left = bytes;
        }

        @Override
        public void write(int one) throws IOException {
            take(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            take(length);
        }

        private void take(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("no room");
            }
        }
    }

    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
        return type.getJavaTypeClass() == Map.class
                ? type.cast(object(text.toString()))
                : delegate.fromString(text, type, options);
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        return value instanceof StoredJson stored ? stored.text() : delegate.toString(value, type, options);
    }
}
