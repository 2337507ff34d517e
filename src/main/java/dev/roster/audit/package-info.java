/**
 * What happened and who did it: an append-only record, written in the transaction of each change by
 * the feature that makes it.
 */
package dev.roster.audit;
