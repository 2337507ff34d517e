package dev.roster.cli;

/** A command that calls a service; a new one is named in {@link RosterCommand}. */
abstract class RosterSubcommand {
    protected Profile session;
    protected Terminal terminal;

    final void open(Profile calls, Terminal output) {
        session = calls;
        terminal = output;
    }
}
