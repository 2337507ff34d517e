package dev.roster.platform.json;

import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.InputDecorator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

/**
 * Lets UTF-8 pass and nothing else (RFC 8259 section 8.1): the parser alone would guess other
 * encodings and take overlong forms of characters for the characters.
 */
final class Utf8Input extends InputDecorator {
    @Override
    public InputStream decorate(IOContext context, InputStream input) throws IOException {
        byte[] bytes = input.readAllBytes();
        return decorate(context, bytes, 0, bytes.length);
    }

    @Override
    public InputStream decorate(IOContext context, byte[] bytes, int offset, int length) throws IOException {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
        for (int i = offset; i < offset + length; i++) {
            // No JSON text has it, and every UTF-16 or UTF-32 one would.
            if (bytes[i] == 0) {
                throw new MalformedInputException(1);
            }
        }
        return new ByteArrayInputStream(bytes, offset, length);
    }

    @Override
    public Reader decorate(IOContext context, Reader input) {
        return input;
    }
}
