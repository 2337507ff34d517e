package dev.roster.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.Precondition;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Entity tags (RFC 9110 section 8.8.3) of the form {@code "<version>.<digest>"}. If-None-Match
 * compares the whole tag, so an answer that reads differently is always sent. If-Match compares the
 * version, so a change is refused only where another change came between, not because a counter
 * beside it moved.
 */
@Singleton
public class Versions {
    private static final int DIGEST_BYTES = 9;
    private static final Pattern STRONG_TAG = Pattern.compile("\"(\\d{1,9})\\.[0-9a-f]+\"");

    private final ObjectMapper json;

    Versions(ObjectMapper json) {
        this.json = json;
    }

    /** An answer with its tag. */
    Response.ResponseBuilder answer(int status, Object body, int version) {
        byte[] bytes = bytes(body);
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .tag(tag(bytes, version))
                .entity(bytes);
    }

    /** A found resource, or 304 where the client already has it. */
    Response found(HttpHeaders headers, Object body, int version) {
        ifMatch(headers).check(version);
        byte[] bytes = bytes(body);
        EntityTag tag = tag(bytes, version);
        return isKnown(headers, tag)
                ? Response.notModified(tag).build()
                : Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE).tag(tag).build();
    }

    // The weak comparison that RFC 9110 section 13.1.2 demands.
    private static boolean isKnown(HttpHeaders headers, EntityTag tag) {
        List<String> lines = headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        if (lines == null || lines.isEmpty()) {
            return false;
        }
        String quoted = '"' + tag.getValue() + '"';
        return Arrays.stream(String.join(",", lines).split(","))
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || known.equals(quoted) || known.equals("W/" + quoted));
    }

    /** The versions that the If-Match header of a request allows. */
    static Precondition ifMatch(HttpHeaders headers) {
        List<String> lines = headers.getRequestHeader(HttpHeaders.IF_MATCH);
        if (lines == null || lines.isEmpty()) {
            return Precondition.NONE;
        }
        String header = String.join(",", lines).strip();
        if (header.equals("*")) {
            return Precondition.NONE;
        }
        Set<Integer> versions = Arrays.stream(header.split(","))
                .map(tag -> STRONG_TAG.matcher(tag.strip()))
                .filter(Matcher::matches)
                .map(match -> Integer.valueOf(match.group(1)))
                .collect(Collectors.toSet());
        return new Precondition(false, versions);
    }

    private EntityTag tag(byte[] body, int version) {
        String digest = HexFormat.of().formatHex(Sha256.of(body), 0, DIGEST_BYTES);
        return new EntityTag(version + "." + digest);
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
    }
}
