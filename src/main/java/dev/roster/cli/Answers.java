package dev.roster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads what a service answers. */
final class Answers {
    // As many digits as a long always has room for
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    private Answers() {}

    /** How many items a list says that it has, or 0 where it does not. */
    static long count(HttpClientResponse response) {
        String count = String.valueOf(response.getHeader("X-Total-Count"));
        return COUNT.matcher(count).matches() ? Long.parseLong(count) : 0;
    }

    /** A failure with what the service says of it. */
    static <T> Future<T> refused(HttpClientResponse response) {
        return response.body().compose(body -> {
            JsonNode problem = read(body);
            String why = problem.path("detail")
                    .asText(problem.path("error_description").asText(""));
            return Future.failedFuture(new CallFailed(
                    response.statusCode() + " " + response.statusMessage() + (why.isEmpty() ? "" : ": " + why)));
        });
    }

    /**
     * The value of an answer.
     *
     * @param url of the service
     */
    static JsonNode json(String url, Buffer body) {
        if (body.length() == 0) {
            return Api.JSON.missingNode();
        }
        JsonNode value = read(body);
        if (!value.isContainerNode()) {
            throw new CallFailed(url + " answered what is no JSON.");
        }
        return value;
    }

    private static JsonNode read(Buffer body) {
        try {
            return Api.JSON.readTree(body.getBytes());
        } catch (IOException none) {
            return Api.JSON.missingNode();
        }
    }
}
