package dev.roster.platform.http;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log what the server says when a client hangs up in the middle of a list or an import: there may be any number of
 * them, and the metric of requests counts each, with the status RESET.
 */
@LoggingFilter(name = "lost-clients")
public final class LostClients implements Filter {
    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    @Override
    public boolean isLoggable(LogRecord record) {
        return !STREAMS.equals(record.getLoggerName()) || !isClosed(record.getThrown());
    }

    // What a database meets under a list comes in an exception of its client
    private static boolean isClosed(Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof HttpClosedException
                || thrown instanceof BodyStream.Left;
    }
}
