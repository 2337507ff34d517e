package dev.roster.api.decube;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;

/** Renders the errors of the Decube contract, in which a wrong request is a 422. */
@Singleton
@Priority(10)
public class DecubeErrorRenderer implements ErrorRenderer {
    @Override
    public String contract() {
        return "decube";
    }

    @Override
    public boolean serves(String path, String scheme) {
        return path.equals(DecubeResource.PATH) || path.startsWith(DecubeResource.PATH + "/");
    }

    @Override
    public DecubeMessageBody body(RosterException error, String requestId) {
        ErrorCode code = error.code();
        return new DecubeMessageBody(code.code(), isInvalid(error) ? error.getMessage() : code.title() + ".");
    }

    @Override
    public int status(RosterException error) {
        return isInvalid(error) ? 422 : error.code().status();
    }

    private static boolean isInvalid(RosterException error) {
        return error.code() == ErrorCode.INVALID_REQUEST || error.code() == ErrorCode.MALFORMED_JSON;
    }
}
