package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.transfer.ImportSummary;
import dev.roster.transfer.LineResult.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The last line of the answer to an import.
 *
 * @param result {@code done}, or {@code stopped} where an error ended it before the end of the file
 * @param nextLine the first line that was not looked at, from which the import goes on
 * @param leftOut what became of users who are in no line; absent but for a sync
 * @param leftOutReason why they were kept; absent where they were not
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportSummaryBody(
        String result,
        long created,
        long updated,
        long unchanged,
        long deactivated,
        long errors,
        long nextLine,
        String leftOut,
        String leftOutReason,
        ImportResultBody.Refusal error) {

    static ImportSummaryBody of(ImportSummary summary, boolean sync, ImportResultBody.Refusal error) {
        boolean told = sync && error == null;
        String leftOut = summary.kept() == null ? "deactivated" : "kept";
        return new ImportSummaryBody(
                error == null ? "done" : "stopped",
                count(summary, Outcome.CREATED),
                count(summary, Outcome.UPDATED),
                count(summary, Outcome.UNCHANGED),
                count(summary, Outcome.DEACTIVATED),
                count(summary, Outcome.ERROR),
                summary.nextLine(),
                told ? leftOut : null,
                told ? summary.kept() : null,
                error);
    }

    private static long count(ImportSummary summary, Outcome outcome) {
        return summary.counts().getOrDefault(outcome, 0L);
    }
}
