package dev.roster.platform.metrics;

/** Rows whose number is a metric; each bean of this type becomes a gauge. */
public interface CountedRows {

    /** The name of the gauge, e.g. {@code roster.invites.pending}. */
    String gauge();

    /** What is counted, in a sentence. */
    String description();

    /**
     * The condition of the rows with their table, e.g. {@code invites WHERE status = 'pending'}.
     */
    String rows();

    /** The partial index of just these rows, from whose size large numbers are estimated. */
    String index();
}
