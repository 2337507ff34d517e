package dev.roster.platform.database;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log what the pool says when the time of a request for a connection ends after the request has failed: each
 * has been answered by then, and an outage would write a stack trace for all of them.
 */
@LoggingFilter(name = "late-answers")
public final class LateAnswers implements Filter {
    private static final String LATE = "Result is already complete";

    @Override
    public boolean isLoggable(LogRecord record) {
        return !(record.getThrown() instanceof IllegalStateException late && LATE.equals(late.getMessage()));
    }
}
