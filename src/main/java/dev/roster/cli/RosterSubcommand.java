package dev.roster.cli;

/** A command that calls a service; a new one is named in {@link RosterCommand}. */
abstract class RosterSubcommand {
    protected Session session;
    protected Terminal terminal;

    final void open(Session calls, Terminal output) {
        session = calls;
        terminal = output;
    }
}
