package dev.roster.transfer;

import java.util.List;

/**
 * The answer to a part of an import.
 *
 * @param summary null but in the last one
 */
public record ImportPart(List<LineResult> results, ImportSummary summary) {}
