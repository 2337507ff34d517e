package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.transfer.ImportMode;
import dev.roster.transfer.ImportOptions;
import dev.roster.transfer.format.SourceFormat;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;

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

    @QueryParam("hashes")
    String hashes;

    @QueryParam("left_out")
    String leftOut;

    ImportOptions options() {
        ImportMode wanted = QueryParameters.word("mode", mode, ImportMode.class);
        int first = QueryParameters.number("from_line", fromLine, 1, 1, MOST_LINES);
        if (wanted == ImportMode.SYNC && first > 1) {
            throw RosterException.invalid(
                    Place.QUERY, "from_line", "must not come with mode=sync, which takes the whole file");
        }
        return new ImportOptions(
                Objects.requireNonNullElse(wanted, ImportMode.UPSERT),
                QueryParameters.flag("dry_run", dryRun),
                first,
                QueryParameters.is("accounts", "audit", audit, "accounts", "batches"),
                QueryParameters.is("errors", "results", results, "errors", "all"),
                QueryParameters.is("any", "left_out", leftOut, "any", "few"));
    }

    /** The system whose export the file is; null where it has lines of its own. */
    SourceFormat format() {
        return QueryParameters.word("format", format, SourceFormat.class);
    }

    /** Whether the groups that lines name are looked at. */
    boolean takesGroups() {
        return !QueryParameters.is("ignore", "groups", groups, "ignore", "set");
    }

    /** Whether a user of a directory without any attribute of groups is in none. */
    boolean takesAllGroups() {
        return QueryParameters.is("set", "groups", groups, "ignore", "set");
    }

    /** Whether the hashes of passwords that lines have are looked at. */
    boolean takesHashes() {
        return !QueryParameters.is("ignore", "hashes", hashes, "ignore", "set");
    }
}
