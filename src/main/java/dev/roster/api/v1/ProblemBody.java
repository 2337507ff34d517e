package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * An error: problem details (RFC 9457) with the members of the Lenses contract.
 *
 * @param type a URI reference that names the kind of problem
 * @param title what happened, the same for every error of this code
 * @param status the HTTP status
 * @param detail what exactly was wrong with this request
 * @param code the stable code for programs
 * @param invalidFields the fields that break a rule
 * @param requestId finds the request in the log
 */
@RegisterForReflection
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> invalidFields,
        String requestId) {}
