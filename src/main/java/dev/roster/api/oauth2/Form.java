package dev.roster.api.oauth2;

import dev.roster.access.token.OAuthError;
import dev.roster.platform.http.RequestBody;
import dev.roster.platform.http.SmallBody;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of an {@code application/x-www-form-urlencoded} body, each at most once (RFC 6749
 * section 3.2) but for those of later RFCs that say otherwise. Read strictly: what two parsers
 * could read differently is refused.
 */
public final class Form {
    // RFC 8707 section 2: a token may be asked for several resources. All are this service.
    private static final Set<String> REPEATABLE = Set.of("resource");

    private final Map<String, String> parameters;

    private Form(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads the form of a request.
     *
     * @throws OAuthError if it is not one, or has parameters elsewhere
     */
    public static Form read(HttpServerRequest http, byte[] body) {
        if (http.query() != null && !http.query().isEmpty()) {
            throw OAuthError.invalidRequest("Parameters must be in the body, not in the URL");
        }
        String type = RequestBody.mediaType(http.getHeader(HttpHeaders.CONTENT_TYPE));
        // What is not there has no type
        if (body.length > 0 && !type.equals(MediaType.APPLICATION_FORM_URLENCODED)) {
            throw OAuthError.invalidRequest("The body must be " + MediaType.APPLICATION_FORM_URLENCODED);
        }
        return parse(body);
    }

    /**
     * Reads a body.
     *
     * @throws OAuthError if it is not well-formed or names a parameter twice
     */
    public static Form parse(byte[] body) {
        if (body.length > SmallBody.MOST) {
            throw OAuthError.invalidRequest("The body is too large");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : utf8(body).split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] nameAndValue = pair.split("=", 2);
            String value = nameAndValue.length == 2 ? decode(nameAndValue[1]) : "";
            String name = decode(nameAndValue[0]);
            if (parameters.put(name, value) != null && !REPEATABLE.contains(name)) {
                throw OAuthError.invalidRequest("A parameter is given twice");
            }
        }
        return new Form(parameters);
    }

    /** The value of a parameter; one without a value counts as absent (RFC 6749 section 3.2). */
    public Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * The value of a parameter.
     *
     * @throws OAuthError if it is missing
     */
    public String required(String name) {
        return get(name).orElseThrow(() -> OAuthError.invalidRequest(name + " is missing"));
    }

    /**
     * Decodes one name or value.
     *
     * @throws OAuthError if a percent sign does not lead two hexadecimal digits, or the bytes are
     *     not UTF-8
     */
    static String decode(String encoded) {
        byte[] source = encoded.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[source.length];
        int length = 0;
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                decoded[length++] = (byte) (digit(source, i + 1) << 4 | digit(source, i + 2));
                i += 2;
            } else {
                decoded[length++] = source[i] == '+' ? (byte) ' ' : source[i];
            }
        }
        return utf8(Arrays.copyOf(decoded, length));
    }

    private static int digit(byte[] source, int index) {
        int digit = index < source.length ? Character.digit(source[index], 16) : -1;
        if (digit < 0) {
            throw OAuthError.invalidRequest("A percent sign must lead two hexadecimal digits");
        }
        return digit;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw OAuthError.invalidRequest("The body must be UTF-8");
        }
    }
}
