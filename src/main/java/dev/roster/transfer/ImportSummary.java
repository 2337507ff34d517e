package dev.roster.transfer;

import dev.roster.transfer.LineResult.Outcome;
import java.util.Map;

/**
 * How an import ended.
 *
 * @param counts how many lines, and accounts in none, became what
 * @param nextLine the first line that was not looked at
 * @param kept why accounts that are in no line were not deactivated, although that was asked for; null where they were
 * @param stopped what stopped it before the end of the file; null where nothing did
 */
public record ImportSummary(Map<Outcome, Long> counts, long nextLine, String kept, Throwable stopped) {}
