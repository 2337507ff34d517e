package dev.roster.api.error;

import dev.roster.platform.error.RosterException;

/** Renders errors in the documented body of one contract. */
public interface ErrorRenderer {

    /** Whether a request for this path is answered in this contract. */
    boolean serves(String path);

    /** The body of an error; its status is the code's unless {@link #status} says otherwise. */
    Object body(RosterException error, String requestId);

    /** The HTTP status that this contract documents for an error. */
    default int status(RosterException error) {
        return error.code().status();
    }
}
