/** The exports of other systems, turned into lines of an import. */
package dev.roster.transfer.format;
