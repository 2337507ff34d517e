package dev.roster.cli;

import io.vertx.core.VertxException;
import java.io.IOException;

/** What a person at the terminal is told, in one sentence. */
final class CallFailed extends RuntimeException {
    CallFailed(String message) {
        super(message, null, false, false);
    }

    /** What may be told of a failure: the words of what is neither of us nor of the connection may have a secret in them. */
    static String why(Throwable failure) {
        boolean told =
                failure instanceof CallFailed || failure instanceof IOException || failure instanceof VertxException;
        return told && failure.getMessage() != null
                ? failure.getMessage()
                : "This failed in a way that was not foreseen ("
                        + failure.getClass().getName() + ").";
    }
}
