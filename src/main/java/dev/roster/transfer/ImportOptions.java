package dev.roster.transfer;

/**
 * How an import goes.
 *
 * @param dryRun whether everything is answered, and nothing written
 * @param fromLine the first line to be looked at
 * @param accountEvents whether each account has an audit event, and not only each batch
 */
public record ImportOptions(ImportMode mode, boolean dryRun, long fromLine, boolean accountEvents) {}
