/** The command line: what the published API does, at a terminal and in scripts. */
package dev.roster.cli;
