package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.audit.AuditFilter;
import dev.roster.audit.AuditType;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.time.Rfc3339;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** The query parameters of the list of events, as text: a wrong one is refused by name. */
public class AuditEventListQuery extends PageQuery {

    @QueryParam("actor")
    String actor;

    @QueryParam("target")
    String target;

    @QueryParam("type")
    String type;

    @QueryParam("since")
    String since;

    @QueryParam("until")
    String until;

    @QueryParam("order")
    String order;

    AuditFilter filter() {
        return new AuditFilter(
                QueryParameters.uuid("actor", actor),
                QueryParameters.uuid("target", target),
                types(),
                time("since", since),
                time("until", until),
                QueryParameters.is("oldest", "order", order, "newest", "oldest"));
    }

    private List<AuditType> types() {
        if (type == null) {
            return List.of();
        }
        List<AuditType> found = AuditType.matching(type);
        if (found.isEmpty()) {
            throw RosterException.invalid("type", "must be a type of event, or a kind with .* behind it");
        }
        return found;
    }

    private static Instant time(String field, String value) {
        try {
            return value == null ? null : parse(value);
        } catch (DateTimeException notATime) {
            throw RosterException.invalid(field, "must be a time as 2026-01-31T12:00:00Z, since 1970");
        }
    }

    private static Instant parse(String value) {
        // A plus that was not encoded arrives as a blank
        Instant time = Rfc3339.parse(value.replace(' ', '+'));
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
            throw new DateTimeException("not of this time");
        }
        return time;
    }
}
