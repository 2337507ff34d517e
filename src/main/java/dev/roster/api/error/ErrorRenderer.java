package dev.roster.api.error;

import dev.roster.platform.error.RosterException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Renders errors in the documented body of one contract, and knows its requests. */
public interface ErrorRenderer {

    /**
     * Whether a request is answered in this contract.
     *
     * @param path normalised as it is matched, without a last slash, still percent-encoded
     * @param scheme of the {@code Authorization} header, as the client wrote it; empty without one
     */
    boolean serves(String path, String scheme);

    /** The same, for a contract that also looks at what else the request says. */
    default boolean serves(String path, String scheme, RoutingContext request) {
        return serves(path, scheme);
    }

    /** The name of the contract in metrics, e.g. {@code kubiya}. */
    String contract();

    /**
     * The template of a route as clients of this contract know it; empty where the route is another
     * one's.
     */
    default Optional<String> route(String template) {
        return serves(template, "Bearer") ? Optional.of(template) : Optional.empty();
    }

    /** The body of an error; its status is the code's unless {@link #status} says otherwise. */
    Object body(RosterException error, String requestId);

    /** The media type of its bodies; a body that is not JSON is text. */
    default String type() {
        return MediaType.APPLICATION_JSON;
    }

    /** The body of an error of a request, for a contract that speaks the language of who asks. */
    default Object body(RosterException error, String requestId, RoutingContext request) {
        return body(error, requestId);
    }

    /** The HTTP status that this contract documents for an error. */
    default int status(RosterException error) {
        return error.code().status();
    }
}
