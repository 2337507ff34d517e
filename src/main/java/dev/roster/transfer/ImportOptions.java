package dev.roster.transfer;

/**
 * How an import goes.
 *
 * @param dryRun whether everything is answered, and nothing written
 * @param fromLine the first line to be looked at
 * @param accountEvents whether each account has an audit event, and not only each batch
 * @param errorsOnly whether nothing is answered of lines without errors; whoever is in no line is told of
 * @param anyLeftOut whether a sync deactivates whoever is in no line, also if they are more than the file is about
 */
public record ImportOptions(
        ImportMode mode,
        boolean dryRun,
        long fromLine,
        boolean accountEvents,
        boolean errorsOnly,
        boolean anyLeftOut) {}
