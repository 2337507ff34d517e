package dev.roster.api.zenml;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Renders the errors of the ZenML Pro contract: its clients raise the exception that the body
 * names.
 */
@Singleton
@Priority(10)
public class ZenmlErrorRenderer implements ErrorRenderer {
    private static final int UNPROCESSABLE = 422;
    private static final Map<Integer, String> EXCEPTIONS = Map.of(
            400, "ValueError",
            403, "IllegalOperationError",
            404, "KeyError",
            409, "EntityExistsError");

    @Override
    public String contract() {
        return "zenml";
    }

    @Override
    public boolean serves(String path, String scheme) {
        return path.equals(ZenmlUsersResource.PATH)
                || path.startsWith(ZenmlUsersResource.PATH + "/")
                || path.equals(ZenmlLoginResource.PATH)
                || path.equals(ZenmlTokenResource.PATH);
    }

    @Override
    public ZenmlErrorBody body(RosterException error, String requestId) {
        int status = status(error);
        if (status == UNPROCESSABLE) {
            return new ZenmlErrorBody(
                    error.code() == ErrorCode.MALFORMED_JSON
                            ? List.of(InvalidZenmlField.malformed(error.getMessage()))
                            : error.fields().stream().map(InvalidZenmlField::of).toList());
        }
        String exception = EXCEPTIONS.get(status);
        String text = status == 409 ? error.code().title() + "." : error.getMessage();
        return new ZenmlErrorBody(exception == null ? text : List.of(exception, text));
    }

    @Override
    public int status(RosterException error) {
        return switch (error.code()) {
            case MALFORMED_JSON -> UNPROCESSABLE;
            case INVALID_REQUEST -> error.fields().isEmpty() ? 400 : UNPROCESSABLE;
            case INTERNAL_ACCOUNT -> 400;
            case LAST_ADMIN, LAST_ADMIN_CREDENTIAL -> 403;
            default -> error.code().status();
        };
    }
}
