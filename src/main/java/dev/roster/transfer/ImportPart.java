package dev.roster.transfer;

import java.util.List;

/**
 * The answer to a part of an import.
 *
 * @param results of which the client is to hear
 * @param summary null but in the last one
 * @param isSignOfLife whether it tells nothing, so that the connection is not taken for lost while the next one is made
 */
public record ImportPart(List<LineResult> results, ImportSummary summary, boolean isSignOfLife) {
    static final ImportPart SIGN_OF_LIFE = new ImportPart(List.of(), null, true);

    static ImportPart of(List<LineResult> results) {
        return new ImportPart(results, null, false);
    }

    static ImportPart last(ImportSummary summary) {
        return new ImportPart(List.of(), summary, false);
    }

    boolean tellsNothing() {
        return results.isEmpty() && summary == null;
    }
}
