package dev.roster.api.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.http.LargeAnswers;
import dev.roster.platform.persistence.Precondition;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Entity tags (RFC 9110 section 8.8.3) of the form {@code "<state><digest>"}. If-None-Match of what is read compares the whole
 * tag, so an answer that reads differently is always sent. If-Match compares the state (see {@link Precondition#state}), so a
 * change is refused only where another change came between, not because a counter beside it moved. If-None-Match of a change
 * is its opposite and compares the state too.
 */
@Singleton
public class Versions {
    private static final int DIGEST_BYTES = 9;
    private static final String TAG = "\"(\\d{1,9}\\.(?:[0-9a-f]{12})?)[0-9a-f]{18}\"";
    private static final Pattern STRONG_TAG = Pattern.compile(TAG);
    private static final Pattern WEAK_TAG = Pattern.compile("(?:W/)?" + TAG);

    private final ObjectMapper json;
    private final LargeAnswers answers;

    Versions(ObjectMapper json, LargeAnswers answers) {
        this.json = json;
        this.answers = answers;
    }

    /** An answer with its tag. */
    Response.ResponseBuilder answer(int status, Object body, String state) {
        byte[] bytes = bytes(body);
        return answer(status, bytes, tag(bytes, state));
    }

    /** An answer with more than is found there from now on, and the tag of that (RFC 9110 section 15.3.2). */
    Response.ResponseBuilder answer(int status, Object body, Object found, String state) {
        return answer(status, bytes(body), tag(bytes(found), state));
    }

    private static Response.ResponseBuilder answer(int status, byte[] body, EntityTag tag) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .tag(tag)
                .entity(body);
    }

    /** A found resource, or 304 where the client already has it; {@code unavailable} where there is no room for it. */
    Response found(HttpHeaders headers, Object body, String state) {
        ifMatch(headers).check(state);
        byte[] bytes = bytes(body);
        EntityTag tag = tag(bytes, state);
        if (isKnown(headers, tag)) {
            return Response.notModified(tag).build();
        }
        answers.admit(bytes);
        return Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE).tag(tag).build();
    }

    // The weak comparison that RFC 9110 section 13.1.2 demands.
    private static boolean isKnown(HttpHeaders headers, EntityTag tag) {
        String quoted = '"' + tag.getValue() + '"';
        return Arrays.stream(
                        value(headers, HttpHeaders.IF_NONE_MATCH).orElse("").split(","))
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || known.equals(quoted) || known.equals("W/" + quoted));
    }

    /** The states that a change may start from by the headers of its request. */
    static Precondition precondition(HttpHeaders headers) {
        Precondition ifMatch = ifMatch(headers);
        return value(headers, HttpHeaders.IF_NONE_MATCH)
                // What is changed is there
                .map(tags -> tags.equals("*") ? Precondition.NONE.states() : states(WEAK_TAG, tags))
                .map(known -> new Precondition(false, ifMatch.states().and(known.negate())))
                .orElse(ifMatch);
    }

    private static Precondition ifMatch(HttpHeaders headers) {
        return value(headers, HttpHeaders.IF_MATCH)
                .filter(tags -> !tags.equals("*"))
                .map(tags -> new Precondition(false, states(STRONG_TAG, tags)))
                .orElse(Precondition.NONE);
    }

    private static Optional<String> value(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getRequestHeader(name))
                .filter(lines -> !lines.isEmpty())
                .map(lines -> String.join(",", lines).strip());
    }

    private static Predicate<String> states(Pattern tags, String header) {
        Set<String> known = Arrays.stream(header.split(","))
                .map(tag -> tags.matcher(tag.strip()))
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        // The version before gave out tags of the version of a row alone, whatever the row shows
        return state -> known.contains(state) || known.contains(state.substring(0, state.indexOf('.') + 1));
    }

    private EntityTag tag(byte[] body, String state) {
        String digest = HexFormat.of().formatHex(Sha256.of(body), 0, DIGEST_BYTES);
        return new EntityTag(state + digest);
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every answer can be written as JSON", e);
        }
    }
}
