package dev.roster.api.v1;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Renders the errors of Roster v1, and of every path that no other contract serves. */
@Singleton
@Priority(0)
public class ProblemRenderer implements ErrorRenderer {

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

    @Override
    public ProblemBody body(RosterException error, String requestId) {
        List<String> fields =
                error.fields().stream().map(FieldError::field).distinct().toList();
        return new ProblemBody(
                "urn:roster:problem:" + error.code().code(),
                error.code().title(),
                error.code().status(),
                error.getMessage(),
                error.code().code(),
                fields.isEmpty() ? null : fields,
                requestId);
    }
}
