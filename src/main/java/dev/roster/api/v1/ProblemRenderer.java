package dev.roster.api.v1;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders the errors of Roster v1, and of every path that no other contract serves. */
@Singleton
@Priority(0)
public class ProblemRenderer implements ErrorRenderer {
    // What is taken already, by the names that this contract has for it
    private static final Map<ErrorCode, FieldError> TAKEN = Map.of(
            ErrorCode.EMAIL_TAKEN, new FieldError("email_address", "is taken"),
            ErrorCode.GROUP_NAME_TAKEN, new FieldError("name", "is taken"),
            ErrorCode.INVITE_PENDING, new FieldError("email", "has a pending invite"),
            ErrorCode.NAME_TAKEN, new FieldError("name", "is taken"));

    @Override
    public String contract() {
        return "roster-v1";
    }

    @Override
    public Optional<String> route(String template) {
        return template.startsWith("/api/") ? Optional.of(template) : Optional.empty();
    }

    @Override
    public boolean serves(String path, String scheme) {
        return true;
    }

    /** The same error with the field that it is about, where that is plain from its code. */
    static RosterException named(RosterException error) {
        FieldError taken = error.fields().isEmpty() ? TAKEN.get(error.code()) : null;
        return taken == null ? error : RosterException.of(error.code(), taken);
    }

    /** An error about an account, by the names that this contract has for what it is found by. */
    static RosterException ofAccount(RosterException error) {
        FieldError taken = TAKEN.get(error.code());
        return taken == null || error.fields().isEmpty()
                ? named(error)
                : RosterException.of(
                        error.code(),
                        new FieldError(taken.field(), error.fields().get(0).rule()));
    }

    @Override
    public ProblemBody body(RosterException error, String requestId) {
        RosterException named = named(error);
        List<String> fields =
                named.fields().stream().map(FieldError::field).distinct().toList();
        return new ProblemBody(
                "urn:roster:problem:" + error.code().code(),
                error.code().title(),
                error.code().status(),
                named.getMessage(),
                error.code().code(),
                fields.isEmpty() ? null : fields,
                requestId);
    }
}
