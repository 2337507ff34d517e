/** Many accounts at once: import and export. */
package dev.roster.transfer;
