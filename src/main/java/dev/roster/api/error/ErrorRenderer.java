package dev.roster.api.error;

import dev.roster.platform.error.RosterException;

/** Renders errors in the documented body of one contract. */
public interface ErrorRenderer {

    /**
     * Whether a request is answered in this contract.
     *
     * @param path normalised, still percent-encoded
     * @param scheme of the {@code Authorization} header, as the client wrote it; empty without one
     */
    boolean serves(String path, String scheme);

    /** The body of an error; its status is the code's unless {@link #status} says otherwise. */
    Object body(RosterException error, String requestId);

    /** The HTTP status that this contract documents for an error. */
    default int status(RosterException error) {
        return error.code().status();
    }
}
