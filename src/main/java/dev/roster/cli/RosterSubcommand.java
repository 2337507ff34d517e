package dev.roster.cli;

/** A command that calls a service; a new one is named in {@link RosterCommand}. */
abstract class RosterSubcommand {
    protected Profile profile;
    protected Terminal terminal;

    final void open(Profile calls, Terminal output) {
        profile = calls;
        terminal = output;
    }
}
