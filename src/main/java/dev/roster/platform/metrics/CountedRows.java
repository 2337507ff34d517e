package dev.roster.platform.metrics;

/**
 * Rows whose number is a metric; each bean of this type becomes a gauge.
 *
 * @param gauge its name, e.g. {@code roster.invites.pending}
 * @param description what is counted, in a sentence
 * @param rows the condition of the rows with their table, e.g. {@code invites WHERE status = 'pending'}
 * @param index the partial index of just these rows, from whose size large numbers are estimated
 */
public record CountedRows(String gauge, String description, String rows, String index) {}
