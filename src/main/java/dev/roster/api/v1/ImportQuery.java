package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.transfer.ImportMode;
import dev.roster.transfer.ImportOptions;
import dev.roster.transfer.format.SourceFormat;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import java.util.Optional;

/** The query parameters of an import, as text: a wrong one is refused with its name and rule. */
public class ImportQuery {
    private static final int MOST_LINES = 999_999_999;

    @QueryParam("mode")
    String mode;

    @QueryParam("dry_run")
    String dryRun;

    @QueryParam("from_line")
    String fromLine;

    @QueryParam("audit")
    String audit;

    @QueryParam("results")
    String results;

    @QueryParam("format")
    String format;

    @QueryParam("groups")
    String groups;

    ImportOptions options() {
        ImportMode wanted = QueryParameters.word("mode", mode, ImportMode::of, "create, upsert, sync");
        int first = QueryParameters.number("from_line", fromLine, 1, 1, MOST_LINES);
        if (wanted == ImportMode.SYNC && first > 1) {
            throw RosterException.invalid(
                    Place.QUERY, "from_line", "must not come with mode=sync, which takes the whole file");
        }
        return new ImportOptions(
                Objects.requireNonNullElse(wanted, ImportMode.UPSERT),
                Boolean.TRUE.equals(QueryParameters.flag("dry_run", dryRun)),
                first,
                word("audit", audit, "accounts", "batches"));
    }

    /** Whether only lines with errors are answered. */
    boolean errorsOnly() {
        return word("results", results, "errors", "all");
    }

    /** The system whose export the file is; null where it has lines of its own. */
    SourceFormat format() {
        return QueryParameters.word("format", format, SourceFormat::of, SourceFormat.names());
    }

    /** Whether the groups that lines name are looked at. */
    boolean takesGroups() {
        return !word("groups", groups, "ignore", "set");
    }

    private static boolean word(String field, String value, String special, String usual) {
        String wanted = QueryParameters.word(
                field,
                value,
                word -> Optional.of(word).filter(w -> w.equals(special) || w.equals(usual)),
                special + ", " + usual);
        return special.equals(wanted);
    }
}
