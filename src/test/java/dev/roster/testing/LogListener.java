package dev.roster.testing;

import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/** Hears what a logger says, and those below it, until it is closed. */
public final class LogListener implements AutoCloseable {
    private final Logger logger;
    private final ExtHandler handler;

    /** Begins to listen; the listener is told by whichever thread logs. */
    public LogListener(String name, Consumer<ExtLogRecord> listener) {
        logger = Logger.getLogger(name);
        handler = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord entry) {
                listener.accept(entry);
            }
        };
        logger.addHandler(handler);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
